// Reads QR codes from the camera: opens it, decodes frame after frame until it is closed.
// Most frames have no readable QR; that is not an error.
import { textIn } from "./read.js";

const PAUSE = 90; // milliseconds between two frames
const SIDE = 900; // pixels
const TROUBLES = {
  NotAllowedError:
    "Izin kamera ditolak. Buka pengaturan situs di peramban, izinkan kamera, lalu tekan Mulai Kamera. Atau pilih gambar.",
  NotFoundError: "Perangkat ini tidak mempunyai kamera. Pilih gambar, atau ketik kodenya.",
  NotReadableError: "Kamera sedang dipakai aplikasi lain. Tutup aplikasi itu, lalu tekan Mulai Kamera.",
};

let stream = null;

export const isOpen = () => stream !== null;

export async function open(video, onText) {
  const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 960 } };
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
  } catch (error) {
    throw new Error(TROUBLES[error.name] ?? "Kamera tidak dapat dibuka. Pilih gambar, atau ketik kodenya.");
  }
  video.srcObject = stream;
  await video.play();
  readFrames(video, onText, stream);
}

export function close(video) {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.srcObject = null;
}

// `mine` is the stream this loop belongs to: when the camera was opened anew, the old loop ends.
async function readFrames(video, onText, mine) {
  while (stream === mine) {
    if (!document.hidden && video.videoWidth) {
      const text = await textInFrame(video);
      if (text && stream === mine) onText(text);
    }
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

// The text of a QR in the middle square of the picture, which is the part the page shows.
async function textInFrame(video) {
  const side = Math.min(video.videoWidth, video.videoHeight);
  const left = (video.videoWidth - side) / 2;
  const top = (video.videoHeight - side) / 2;
  try {
    const square = await createImageBitmap(video, left, top, side, side);
    const text = await textIn(square, side, side, SIDE, 60);
    square.close();
    return text;
  } catch {
    return "";
  }
}
