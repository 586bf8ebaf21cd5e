/**
 * Cholesky's factor of a symmetric positive definite matrix, in place of its lower triangle.
 * @param matrix width * width numbers, row by row
 */
export function factor(matrix: Float64Array, width: number): void {
  for (let j = 0; j < width; j++) {
    for (let i = j; i < width; i++) {
      let sum = matrix[i * width + j] as number;
      for (let k = 0; k < j; k++) sum -= (matrix[i * width + k] as number) * (matrix[j * width + k] as number);
      // NOTE: what rounding leaves of a direction that nothing decides may come out below 0.
      matrix[i * width + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (matrix[j * width + j] as number);
    }
  }
}

/** Solves for one right-hand side in place, given the factor. */
export function solve(factored: Float64Array, x: Float64Array): void {
  const width = x.length;
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < i; k++) x[i]! -= (factored[i * width + k] as number) * (x[k] as number);
    x[i]! /= factored[i * width + i] as number;
  }
  for (let i = width - 1; i >= 0; i--) {
    for (let k = i + 1; k < width; k++) x[i]! -= (factored[k * width + i] as number) * (x[k] as number);
    x[i]! /= factored[i * width + i] as number;
  }
}

/** The inverse of the matrix, given its factor. */
export function inverse(factored: Float64Array, width: number): Float64Array {
  const result = new Float64Array(width * width);
  for (let column = 0; column < width; column++) {
    const unit = result.subarray(column * width, (column + 1) * width);
    unit[column] = 1;
    solve(factored, unit);
  }
  return result;
}
