import type { Activation, Architecture } from './architecture.js';
import { placesOf } from './architecture.js';
import { bytesField, fieldsOf, joined, numberField, unreadable, type Field } from './protobuf.js';

/** A model with all that is needed to use it on raw inputs. */
export interface PortableModel {
  readonly architecture: Architecture;
  readonly weights: Float32Array;
  /** Raw inputs are turned into (x − centre) / scale first; in the order of the inputs. */
  readonly scaling: { readonly centres: readonly number[]; readonly scales: readonly number[] };
  /** Facts that travel in the file: which data, which code, which ε. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** ONNX IR 8 with operators 17: what runtimes since 2022 read. Field numbers are those of onnx.proto3. */
const IR_VERSION = 8;
const OPSET = 17;
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
const PRODUCER = 'hetao-exchange';
const OPERATORS: Readonly<Record<Exclude<Activation, 'identity'>, string>> = { relu: 'Relu', tanh: 'Tanh' };

/** The model as an ONNX file: float input `x` [rows, inputs], float output `probability` [rows, 1]. */
export function toOnnx(model: PortableModel): Uint8Array {
  const { inputs } = model.architecture;
  const nodes = [node('Sub', ['x', 'centres'], 'shifted'), node('Div', ['shifted', 'scales'], 'layer0')];
  const tensors = [
    tensor('centres', [inputs], model.scaling.centres),
    tensor('scales', [inputs], model.scaling.scales),
  ];
  placesOf(model.architecture).forEach((place, index) => {
    const [weights, biases, sum] = [`weights${index}`, `biases${index}`, `sum${index}`];
    tensors.push(
      tensor(weights, [place.units, place.inputs], model.weights.subarray(place.weightsAt, place.biasesAt)),
      tensor(biases, [place.units], model.weights.subarray(place.biasesAt, place.endsAt)),
    );
    nodes.push(node('Gemm', [`layer${index}`, weights, biases], sum, [intAttribute('transB', 1)]));
    nodes.push(
      node(place.activation === 'identity' ? 'Identity' : OPERATORS[place.activation], [sum], `layer${index + 1}`),
    );
  });
  nodes.push(node('Sigmoid', [`layer${model.architecture.layers.length}`], 'probability'));
  const graph = [
    ...nodes.map((each) => bytesField(1, each)),
    bytesField(2, 'hetao-mlp'),
    ...tensors.map((each) => bytesField(5, each)),
    bytesField(11, tensorValue('x', inputs)),
    bytesField(12, tensorValue('probability', 1)),
  ];
  return joined([
    numberField(1, IR_VERSION),
    bytesField(2, PRODUCER),
    bytesField(7, graph),
    bytesField(8, [bytesField(1, ''), numberField(2, OPSET)]),
    ...Object.entries(model.metadata).map(([key, value]) => bytesField(14, [bytesField(1, key), bytesField(2, value)])),
  ]);
}

/** Reads a file of ours back. @throws DomainException MODEL_UNREADABLE for anything else. */
export function fromOnnx(file: Uint8Array): PortableModel {
  const message = fieldsOf(file);
  if (textOf(message, 2) !== PRODUCER) throw unreadable('Another program made it.');
  // The operators' version stands behind the graph: where it is missing, the file was cut.
  if (!fieldsOf(bytesAt(message, 8)).some((field) => field.content === OPSET))
    throw unreadable('Its operators are not ours.');
  const graph = fieldsOf(bytesAt(message, 7));
  const tensors = new Map(all(graph, 5).map((bytes) => readTensor(bytes)));
  const operators = all(graph, 1).map((bytes) => textOf(fieldsOf(bytes), 4));
  const centres = tensors.get('centres') ?? new Float32Array();
  const layers: { units: number; activation: Activation }[] = [];
  const weights: number[] = [];
  for (let index = 0; tensors.has(`weights${index}`); index += 1) {
    const biases = tensors.get(`biases${index}`) ?? new Float32Array();
    // Two nodes scale the input; then each layer is a Gemm and its activation.
    layers.push({ units: biases.length, activation: activationOf(operators[3 + 2 * index]) });
    weights.push(...(tensors.get(`weights${index}`) ?? []), ...biases);
  }
  const architecture = { inputs: centres.length, layers };
  if (placesOf(architecture).at(-1)?.endsAt !== weights.length) throw unreadable('A tensor is missing.');
  return {
    architecture,
    weights: Float32Array.from(weights),
    scaling: { centres: [...centres], scales: [...(tensors.get('scales') ?? [])] },
    metadata: Object.fromEntries(
      all(message, 14).map((bytes) => [textOf(fieldsOf(bytes), 1), textOf(fieldsOf(bytes), 2)]),
    ),
  };
}

function node(operator: string, inputs: readonly string[], output: string, attributes: readonly Uint8Array[] = []) {
  return joined([
    ...inputs.map((input) => bytesField(1, input)),
    bytesField(2, output),
    bytesField(3, output),
    bytesField(4, operator),
    ...attributes.map((attribute) => bytesField(5, attribute)),
  ]);
}

function intAttribute(name: string, value: number): Uint8Array {
  return joined([bytesField(1, name), numberField(3, value), numberField(20, ATTRIBUTE_INT)]);
}

function tensor(name: string, shape: readonly number[], values: ArrayLike<number>): Uint8Array {
  const raw = new DataView(new ArrayBuffer(values.length * 4));
  for (let index = 0; index < values.length; index += 1) raw.setFloat32(index * 4, values[index] ?? 0, true);
  return joined([
    ...shape.map((size) => numberField(1, size)),
    numberField(2, FLOAT),
    bytesField(8, name),
    bytesField(9, new Uint8Array(raw.buffer)),
  ]);
}

function tensorValue(name: string, columns: number): readonly Uint8Array[] {
  const rows = bytesField(1, [bytesField(2, 'rows')]);
  const shape = bytesField(2, [rows, bytesField(1, [numberField(1, columns)])]);
  return [bytesField(1, name), bytesField(2, [bytesField(1, [numberField(1, FLOAT), shape])])];
}

function readTensor(bytes: Uint8Array): readonly [string, Float32Array] {
  const fields = fieldsOf(bytes);
  const raw = bytesAt(fields, 9);
  if (raw.length % 4 !== 0) throw unreadable('A tensor is no row of floats.');
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return [
    textOf(fields, 8),
    Float32Array.from({ length: raw.length / 4 }, (_, index) => view.getFloat32(index * 4, true)),
  ];
}

function activationOf(operator: string | undefined): Activation {
  if (operator === 'Relu') return 'relu';
  if (operator === 'Tanh') return 'tanh';
  if (operator === 'Identity') return 'identity';
  throw unreadable(`The activation ${operator ?? ''} is none of ours.`);
}

function all(fields: readonly Field[], number: number): readonly Uint8Array[] {
  return fields.flatMap((field) =>
    field.number === number && typeof field.content === 'object' ? [field.content] : [],
  );
}

function bytesAt(fields: readonly Field[], number: number): Uint8Array {
  const [bytes] = all(fields, number);
  if (bytes === undefined) throw unreadable(`Field ${number} is missing.`);
  return bytes;
}

function textOf(fields: readonly Field[], number: number): string {
  return new TextDecoder().decode(bytesAt(fields, number));
}
