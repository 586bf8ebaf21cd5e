import type { Amino } from './amino.js';

/**
 * Weights of pairs of residues in a row that are more or less frequent in unstable proteins; 1 for those not written.
 * Each line is a first residue and, for each weight, the second ones.
 * SEE: K. Guruprasad, B. V. B. Reddy, M. W. Pandit, Protein Engineering 4 (1990) 155, with the values ProtParam uses.
 */
const WEIGHTS = `
A DH:-7.49 C:44.94 P:20.26
R RW:58.28 N:13.34 QHP:20.26 G:-7.49 S:44.94 Y:-6.54
N CP:-1.88 Q:-6.54 GF:-14.03 I:44.94 K:24.68 T:-7.49 W:-9.37
D RF:-6.54 K:-7.49 S:20.26 T:-14.03
C DLP:20.26 QV:-6.54 HMT:33.6 W:24.68
Q DQEP:20.26 CFYV:-6.54 S:44.94
E DQIPS:20.26 C:44.94 E:33.6 H:-6.54 W:-14.03
G ANIKTY:-7.49 E:-6.54 GW:13.34
H NK:24.68 GF:-9.37 IY:44.94 PW:-1.88 T:-6.54
I E:44.94 H:13.34 L:20.26 KV:-7.49 P:-1.88
L RP:20.26 Q:33.6 K:-7.49 W:24.68
K RM:33.6 Q:24.64 GILV:-7.49 P:-6.54
M A:13.34 RQ:-6.54 H:58.28 MT:-1.88 PS:44.94 Y:24.68
F D:13.34 K:-14.03 P:20.26 Y:33.601
P AQFPSV:20.26 RDCM:-6.54 E:18.38 W:-1.88
S RQES:20.26 C:33.6 P:44.94
T NW:-14.03 Q:-6.54 E:20.26 G:-7.49 F:13.34
W AT:-14.03 NL:13.34 G:-9.37 HM:24.68 V:-7.49
Y AD:24.68 R:-15.91 E:-6.54 GT:-7.49 HPY:13.34 M:44.94 W:-9.37
V D:-14.03 GT:-7.49 K:-1.88 P:20.26 Y:-6.54`;

const weights = new Map(
  WEIGHTS.trim()
    .split('\n')
    .flatMap((line) => {
      const [first, ...groups] = line.split(' ') as [Amino, ...string[]];
      return groups.flatMap((group) => {
        const [seconds, value] = group.split(':') as [string, string];
        return [...seconds].map((second) => [first + second, Number(value)] as const);
      });
    }),
);

/** The sum of the weights of all neighbours in a chain. */
export function instabilitySum(chain: string): number {
  let sum = 0;
  for (let at = 0; at + 1 < chain.length; at++) sum += weights.get(chain.slice(at, at + 2)) ?? 1;
  return sum;
}
