import { probabilityOf } from './network.js';
import { rowsOf, type PatientTable } from './patient-table.js';

/** A fitted logistic regression: the intercept first, then one coefficient a feature. */
export interface LogisticFit {
  readonly coefficients: readonly number[];
  /** By the inverse of the observed information. */
  readonly standardErrors: readonly number[];
  readonly rows: number;
  /** Rows less parameters: what disclosure rules ask for. */
  readonly degreesOfFreedom: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const MOST_ITERATIONS = 50;
const ENOUGH = 1e-9;

/** Newton's method on the penalised likelihood. @param ridge the L2 penalty; a little keeps separable data finite. */
export function logisticRegression(table: PatientTable, ridge = 1e-6): LogisticFit {
  const size = table.inputs + 1;
  let coefficients = new Array<number>(size).fill(0);
  let inverse: number[][] = [];
  let [iterations, converged] = [0, false];
  while (iterations < MOST_ITERATIONS && !converged) {
    iterations += 1;
    const { gradient, information } = likelihoodAt(table, coefficients, ridge);
    inverse = inverted(information);
    const step = inverse.map((row) => row.reduce((sum, value, column) => sum + value * (gradient[column] ?? 0), 0));
    coefficients = coefficients.map((value, index) => value + (step[index] ?? 0));
    converged = step.every((value) => Math.abs(value) < ENOUGH);
  }
  return {
    coefficients,
    standardErrors: inverse.map((row, index) => Math.sqrt(Math.max(0, row[index] ?? 0))),
    rows: rowsOf(table),
    degreesOfFreedom: rowsOf(table) - size,
    iterations,
    converged,
  };
}

function likelihoodAt(table: PatientTable, coefficients: readonly number[], ridge: number) {
  const size = coefficients.length;
  const gradient = coefficients.map((value) => -ridge * value);
  const information = Array.from({ length: size }, (_, at) =>
    Array.from({ length: size }, (__, other) => (at === other ? ridge : 0)),
  );
  const row = new Float64Array(size);
  row[0] = 1;
  for (let index = 0; index < rowsOf(table); index += 1) {
    let logit = coefficients[0] ?? 0;
    for (let input = 0; input < table.inputs; input += 1) {
      const value = table.features[index * table.inputs + input] ?? 0;
      row[input + 1] = value;
      logit += (coefficients[input + 1] ?? 0) * value;
    }
    const probability = probabilityOf(logit);
    const residual = (table.labels[index] ?? 0) - probability;
    const weight = probability * (1 - probability);
    for (let at = 0; at < size; at += 1) {
      gradient[at]! += residual * (row[at] ?? 0);
      const line = information[at] ?? [];
      for (let other = 0; other < size; other += 1) line[other]! += weight * (row[at] ?? 0) * (row[other] ?? 0);
    }
  }
  return { gradient, information };
}

/** Gauss and Jordan with pivoting; a direction the data says nothing of stays where the ridge holds it. */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const work = matrix.map((row, at) => [...row, ...row.map((_, other) => (at === other ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(work[row]?.[column] ?? 0) > Math.abs(work[pivot]?.[column] ?? 0)) pivot = row;
    }
    const line = work[pivot] ?? [];
    [work[pivot], work[column]] = [work[column] ?? [], line];
    const head = line[column] ?? 1;
    for (let at = 0; at < line.length; at += 1) line[at]! /= head;
    for (const other of work) {
      const factor = other[column] ?? 0;
      if (other === line || factor === 0) continue;
      for (let at = 0; at < other.length; at += 1) other[at]! -= factor * (line[at] ?? 0);
    }
  }
  return work.map((row) => row.slice(size));
}
