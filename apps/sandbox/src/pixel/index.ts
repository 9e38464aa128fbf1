// What measurements of pixel sessions stand on; the service itself enters by its own index.
export { WorkbenchDesk, type EnclaveDesk } from '../workbench/workbench.desk.js';
export { CanvasSource } from '../pixel-source/canvas.source.js';
export { newRecordingKey } from '../recording/recording-key.codec.js';
export { RecordingWriter } from '../recording/recording.writer.js';
export { sessionAllowance } from './byte-allowance.js';
export { burnMarks, type Marks } from './burnt-marks.js';
export { ChangedArea, type AreaVerdict } from './changed-area.js';
export { FrameAssembler } from './frame.assembler.js';
export { decodeFrame } from './frame.codec.js';
export { FramePump, MESSAGE_HEAD_BYTES } from './frame.pump.js';
export { markDeltas, markPayload, readMark, type LumaPicture } from './invisible-mark.js';
export { decodeJpeg, encodeJpeg, lumaOf, type RgbaPicture } from './jpeg.codec.js';
export { MarkClock } from './mark.clock.js';
export { markPattern } from './mark-pattern.codec.js';
export type { PixelSource } from './pixel-source.js';
export { everyTile, screenSize, takeChanges, tileGrid, tileRectangle } from './tiles.js';
