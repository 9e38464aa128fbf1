export { decodeFrame, encodeFrame, frameHeadBytes, frameTileBytes, type Frame, type FrameTile } from './frame.codec.js';
export {
  closeCodes,
  keyModifiers,
  longestText,
  namedKeys,
  pointerActions,
  type KeyModifier,
  type PointerAction,
  type ServerMessage,
  type ViewerDeed,
} from './protocol.js';
