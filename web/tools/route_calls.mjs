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

const I32 = 0x7f;
const FUNCTION_TYPE = 0x60;
const NOP = 0x01;
const END = 0x0b;
const CALL = 0x10;
const LOCAL_GET = 0x20;

function encodeNumber(number, size = 1) {
  const bytes = [];
  for (; number > 0x7f || bytes.length < size - 1; number >>>= 7) bytes.push((number & 0x7f) | 0x80);
  return [...bytes, number];
}

/** A one-byte type, as the parser numbers it. */
const encodeType = ({ kind }) => kind & 0x7f;

/** What the module has, and every `call_indirect` that is to be routed. */
function survey(bytes) {
  const found = { types: [], functions: 0, calls: [] };
  const reader = new BinaryReader();
  reader.setData(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let bodyStart = 0;
  let calls = [];
  for (let start = 0; reader.read(); start = reader.position) {
    const { state, result } = reader;
    if (state === BinaryReaderState.TYPE_SECTION_ENTRY) {
      found.types.push(result);
    } else if (state === BinaryReaderState.IMPORT_SECTION_ENTRY) {
      if (result.kind === ExternalKind.Function) found.functions++;
    } else if (state === BinaryReaderState.FUNCTION_SECTION_ENTRY) {
      found.functions++;
    } else if (state === BinaryReaderState.BEGIN_FUNCTION_BODY) {
      [bodyStart, calls] = [reader.position, []];
    } else if (state === BinaryReaderState.CODE_OPERATOR && result.code === OperatorCode.call_indirect) {
      if (bytes[reader.position - 1] !== 0) throw new Error("a call through another table than Emscripten's");
      calls.push({ start, end: reader.position, type: result.typeIndex });
    } else if (state === BinaryReaderState.END_FUNCTION_BODY) {
      const size = reader.position - bodyStart;
      if (size >= LARGE_BYTES || size <= INLINED_BYTES) found.calls.push(...calls);
    }
  }
  if (reader.error) throw reader.error;
  return found;
}

/** The signature with the table's index behind it, which `call_indirect` takes from there, too. */
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

/** Too long to be inlined; `nop` becomes no code. */
function encodeRoute({ params }, type) {
  const locals = [0];
  const given = [...params, I32].flatMap((_, index) => [LOCAL_GET, ...encodeNumber(index)]);
  const call = [OperatorCode.call_indirect, ...encodeNumber(type), 0];
  const body = [...locals, ...Array(INLINED_BYTES).fill(NOP), ...given, ...call, END];
  return [...encodeNumber(body.length), ...body];
}

/** Splits the module into its sections, with what each begins with. */
function* splitSections(bytes) {
  let at = 8; // behind the magic number and the version
  const readNumber = () => {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number >>> 0;
    }
  };
  yield { whole: bytes.subarray(0, at) };
  while (at < bytes.length) {
    const start = at;
    const id = bytes[at++];
    const end = readNumber() + at;
    const count = readNumber();
    yield { id, count, entries: bytes.subarray(at, end), whole: bytes.subarray(start, end) };
    at = end;
  }
}

function extend({ id, count, entries }, added) {
  const content = Buffer.concat([Buffer.from(encodeNumber(count + added.length)), entries, Buffer.from(added.flat())]);
  return Buffer.concat([Buffer.from([id, ...encodeNumber(content.length)]), content]);
}

/** The same module with its indirect calls routed. */
export function routeCalls(bytes) {
  const { types, functions, calls } = survey(bytes);
  const routed = [...new Set(calls.map(({ type }) => type))];
  const changed = new Uint8Array(bytes);
  for (const { start, end, type } of calls) {
    // In place: the operator keeps its length, so that no other offset changes.
    const call = [CALL, ...encodeNumber(functions + routed.indexOf(type), end - start - 1)];
    if (start + call.length !== end) throw new Error("a call has no room for its route");
    changed.set(call, start);
  }
  const added = {
    [SectionCode.Type]: routed.map((type) => encodeSignature(types[type])),
    [SectionCode.Function]: routed.map((_, index) => encodeNumber(types.length + index)),
    [SectionCode.Code]: routed.map((type) => encodeRoute(types[type], type)),
  };
  const sections = [...splitSections(changed)];
  const result = Buffer.concat(
    sections.map((section) => (added[section.id] ? extend(section, added[section.id]) : section.whole)),
  );
  if (calls.length === 0 || survey(result).calls.length > 0) throw new Error("not every call is routed");
  return result;
}
