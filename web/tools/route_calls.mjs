/**
 * Spares Python's evaluation loop from being compiled again and again by V8.
 *
 * Facts: V8 optimises a function for the callees that it has seen behind each `call_indirect`, and inlines
 * functions of up to 500 bytes together with their calls. When another callee comes along, V8 goes back: it compiles
 * the function once more with its baseline compiler, on the thread that runs it, and stays with that slow code until
 * the optimising compiler is done again. For the evaluation loop, 79 KB of code in one function, it did so two to four
 * times in each visit; one of them, 8 to 20 ms, was in the user's first click.
 *
 * Here a `call_indirect` goes through a function that does nothing else, one for each signature, where it costs
 * little to go back. Only in large functions, and in small ones that could be inlined into these: routing every call
 * made the start slower.
 */
import { Buffer } from "node:buffer";
// wasmparser, since it reads all that Emscripten writes; Binaryen has no pass for this, and cannot read its own text back.
import parser from "wasmparser";

const { BinaryReader, BinaryReaderState, ExternalKind, OperatorCode, SectionCode } = parser;

/** From this size on going back takes milliseconds. */
const LARGE_BYTES = 20_000;
/** V8's --wasm-inlining-max-size: with it, the loop was not compiled again in any of three traced warm visits. */
const INLINED_BYTES = 500;

/** @import { IImportEntry, IOperatorInformation, Type } from "wasmparser" */

/**
 * @typedef {{ params: Type[], returns: Type[] }} Signature
 *
 * Where its operator stands, and the index of its signature.
 * @typedef {{ start: number, end: number, type: number }} Call
 *
 * `entries` is what comes behind `count`, their number; `whole` is all of it.
 * @typedef {{ id: number, count: number, entries: Uint8Array, whole: Uint8Array }} Section
 */

/** The magic number and the version. */
const HEADER_BYTES = 8;

const I32 = 0x7f;
const FUNCTION_TYPE = 0x60;
const NOP = 0x01;
const END = 0x0b;
const CALL = 0x10;
const LOCAL_GET = 0x20;

/**
 * In LEB128, of seven bits a byte.
 *
 * @param {number} number - not negative
 * @param {number} size - how many bytes at least
 */
function encodeNumber(number, size = 1) {
  const bytes = [];
  let left = number;
  for (; left > 0x7f || bytes.length < size - 1; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return [...bytes, left];
}

/** A one-byte type, as the parser numbers it. */
const encodeType = (/** @type {Type} */ { kind }) => kind & 0x7f;

/**
 * What the module has, and every `call_indirect` that is to be routed.
 *
 * @param {Uint8Array} bytes
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one branch for each kind of entry
function survey(bytes) {
  /** @type {{ types: Signature[], functions: number, calls: Call[] }} */
  const found = { types: [], functions: 0, calls: [] };
  const reader = new BinaryReader();
  reader.setData(/** @type {ArrayBuffer} */ (bytes.buffer), bytes.byteOffset, bytes.byteLength);
  let bodyStart = 0;
  /** @type {Call[]} */
  let calls = [];
  for (let start = 0; reader.read(); start = reader.position) {
    const { state, result } = reader;
    if (state === BinaryReaderState.TYPE_SECTION_ENTRY) {
      found.types.push(/** @type {Signature} */ (result));
    } else if (state === BinaryReaderState.IMPORT_SECTION_ENTRY) {
      if (/** @type {IImportEntry} */ (result).kind === ExternalKind.Function) found.functions += 1;
    } else if (state === BinaryReaderState.FUNCTION_SECTION_ENTRY) {
      found.functions += 1;
    } else if (state === BinaryReaderState.BEGIN_FUNCTION_BODY) {
      [bodyStart, calls] = [reader.position, []];
    } else if (state === BinaryReaderState.CODE_OPERATOR) {
      const { code, typeIndex: type = 0 } = /** @type {IOperatorInformation} */ (result);
      if (code !== OperatorCode.call_indirect) continue;
      if (bytes[reader.position - 1] !== 0) throw new Error("a call through another table than Emscripten's");
      calls.push({ start, end: reader.position, type });
    } else if (state === BinaryReaderState.END_FUNCTION_BODY) {
      const size = reader.position - bodyStart;
      if (size >= LARGE_BYTES || size <= INLINED_BYTES) found.calls.push(...calls);
    }
  }
  if (reader.error) throw reader.error;
  return found;
}

/**
 * The signature with the table's index behind it, which `call_indirect` takes from there, too.
 *
 * @param {Signature} signature
 */
function encodeSignature({ params, returns }) {
  const parameters = [...params.map(encodeType), I32];
  const results = returns.map(encodeType);
  return [
    FUNCTION_TYPE,
    ...encodeNumber(parameters.length),
    ...parameters,
    ...encodeNumber(results.length),
    ...results,
  ];
}

/**
 * Too long to be inlined; `nop` becomes no code.
 *
 * @param {Signature} signature
 * @param {number} type - its index
 */
function encodeRoute({ params }, type) {
  const locals = [0];
  const given = [...params, I32].flatMap((_, index) => [LOCAL_GET, ...encodeNumber(index)]);
  const call = [OperatorCode.call_indirect, ...encodeNumber(type), 0];
  const body = [...locals, ...new Array(INLINED_BYTES).fill(NOP), ...given, ...call, END];
  return [...encodeNumber(body.length), ...body];
}

/**
 * Splits the module into its sections.
 *
 * @param {Uint8Array} bytes
 * @returns {Generator<Section>}
 */
function* splitSections(bytes) {
  let at = HEADER_BYTES;
  const readNumber = () => {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at] ?? 0;
      at += 1;
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number >>> 0;
    }
  };
  while (at < bytes.length) {
    const start = at;
    const id = readNumber();
    const end = readNumber() + at;
    const count = readNumber();
    yield { id, count, entries: bytes.subarray(at, end), whole: bytes.subarray(start, end) };
    at = end;
  }
}

/**
 * @param {Section} section
 * @param {number[][]} added
 */
function extend({ id, count, entries }, added) {
  const content = Buffer.concat([Buffer.from(encodeNumber(count + added.length)), entries, Buffer.from(added.flat())]);
  return Buffer.concat([Buffer.from([id, ...encodeNumber(content.length)]), content]);
}

/**
 * The same module with its indirect calls routed.
 *
 * @param {Uint8Array} bytes
 */
export function routeCalls(bytes) {
  const { types, functions, calls } = survey(bytes);
  const routed = [...new Set(calls.map(({ type }) => type))];
  const signatures = routed.map((type) => /** @type {Signature} */ (types[type]));
  const changed = new Uint8Array(bytes);
  for (const { start, end, type } of calls) {
    // In place: the operator keeps its length, so that no other offset changes.
    const call = [CALL, ...encodeNumber(functions + routed.indexOf(type), end - start - 1)];
    if (start + call.length !== end) throw new Error("a call has no room for its route");
    changed.set(call, start);
  }
  /** @type {Map<number, number[][]>} By the section that they belong to. */
  const added = new Map([
    [SectionCode.Type, signatures.map(encodeSignature)],
    [SectionCode.Function, routed.map((_, index) => encodeNumber(types.length + index))],
    [SectionCode.Code, routed.map((type, index) => encodeRoute(/** @type {Signature} */ (signatures[index]), type))],
  ]);
  /** @type {Uint8Array[]} */
  const parts = [changed.subarray(0, HEADER_BYTES)];
  for (const section of splitSections(changed)) {
    const more = added.get(section.id);
    parts.push(more ? extend(section, more) : section.whole);
  }
  const result = Buffer.concat(parts);
  if (calls.length === 0 || survey(result).calls.length > 0) throw new Error("not every call is routed");
  return result;
}
