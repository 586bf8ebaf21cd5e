import { expect, test } from 'vitest';
import { survivesKills } from '../server/storage/killed.js';
import { Database, withPostgres } from './database.js';

withPostgres('kill -9 of a server whose matches are in PostgreSQL', () => {
  test('at five moments under play: nothing acknowledged or seen is lost, nothing is there twice', async () => {
    const database = await Database.make('kills');
    const told = await survivesKills(database.url, 5, () => database.records());
    expect(await database.rows('SELECT * FROM ludus_lines')).toEqual([]);
    expect(told).toMatch(/^5 kills/);
  });
});
