import type { SKRSContext2D } from '@napi-rs/canvas';
import { fontFamily } from './fonts.loader.js';
import { cellsOf, type Primitive } from './primitives.js';

/** Draws one primitive. */
export function paint(paper: SKRSContext2D, primitive: Primitive): void {
  if (primitive.kind === 'box') {
    paper.fillStyle = primitive.fill;
    paper.fillRect(primitive.x, primitive.y, primitive.width, primitive.height);
  } else if (primitive.kind === 'text') {
    paintText(paper, primitive);
  } else {
    paper.strokeStyle = primitive.color;
    paper.lineWidth = primitive.width;
    paper.beginPath();
    for (const [x, y] of primitive.points) paper.lineTo(x, y);
    paper.stroke();
  }
}

function paintText(paper: SKRSContext2D, text: Extract<Primitive, { kind: 'text' }>): void {
  paper.save();
  paper.beginPath();
  paper.rect(text.align === 'right' ? text.x - text.width : text.x, text.y - text.size, text.width, 2 * text.size);
  paper.clip();
  paper.fillStyle = text.color;
  paper.font = `${text.size}px "${fontFamily}"`;
  paper.textBaseline = 'middle';
  paper.textAlign = text.align;
  if (text.cell === undefined) paper.fillText(text.text, text.x, text.y);
  else paintCells(paper, text, text.cell);
  paper.restore();
}

/** One character after the other, so that where the caret stands is known without measuring. */
function paintCells(paper: SKRSContext2D, text: Extract<Primitive, { kind: 'text' }>, cell: number): void {
  let { x } = text;
  for (const character of text.text) {
    paper.fillText(character, x, text.y);
    x += cellsOf(character) * cell;
    if (x > text.x + text.width) return;
  }
}
