// The camera: frame after frame until it is stopped; an unreadable frame is nothing special.
import { textIn } from "./read.js";

const PAUSE = 90; // milliseconds between two looks
const SIDE = 900;
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
  look(video, onText, stream);
}

export function close(video) {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.srcObject = null;
}

async function look(video, onText, mine) {
  while (stream === mine) {
    if (!document.hidden && video.videoWidth) {
      const text = await frame(video);
      if (text && stream === mine) onText(text);
    }
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}

// The middle square, which is what the person sees.
async function frame(video) {
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
