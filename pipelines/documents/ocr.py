"""Recognise characters in pictures of text lines, and find such lines, with the models that rapidocr brings along.

Belongs here: the models, their threads and batches, and the confidence of what they recognise. Does not belong here:
where on a page a line or cell is (``scan_image``, ``scan_cells``), and what it means. The libraries are an optional
extra (``uv sync --extra ocr``); nothing is imported before the first picture, and nothing is ever downloaded.
"""

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Grey levels, height × width; paper is 255."""

REMEDY = "Run `uv sync --extra ocr`, touch the file and load again"
_LIBRARIES = ("rapidocr", "onnxruntime", "cv2")
_HEIGHT = 48
"""Pixels; the recognition model reads lines of this height."""
_STEP = 32
"""Widths within this many pixels are recognised in one batch."""
_NARROWEST = 96
_WIDEST = 3200
_BATCH = 8
_DETECTION_DPI = 96
"""Lines of text are found at this resolution; finer takes longer and finds no more."""


class Recognised(NamedTuple):
    """The text of one line, and the confidence in its least certain character, 0 to 1."""

    text: str
    confidence: float


class Area(NamedTuple):
    """A rectangle of pixels; the right and lower ends do not belong to it."""

    x0: int
    y0: int
    x1: int
    y1: int


@functools.cache
def is_available() -> bool:
    """Whether the optional libraries are installed."""
    return all(importlib.util.find_spec(name) is not None for name in _LIBRARIES)


def recognise(lines: Sequence[Picture]) -> list[Recognised]:
    """Recognise pictures of one line each, in their order; lines of like width are recognised together."""
    widths = [_width(line) for line in lines]
    found = [Recognised("", 0.0)] * len(lines)
    order = sorted(range(len(lines)), key=lambda index: widths[index])
    while order:
        widest = widths[order[0]]
        size = sum(1 for index in order[:_BATCH] if widths[index] <= widest + _STEP)
        batch, order = order[:size], order[size:]
        tensor = np.stack([_tensor(lines[index], widths[batch[-1]]) for index in batch])
        for index, scores in zip(batch, _engine().scores(tensor), strict=True):
            found[index] = _decoded(scores, _engine().characters)
    return found


def find_lines(page: Picture, dpi: float) -> list[Area]:
    """Return where lines of text, or parts of them, stand on a page, in its own pixels."""
    import cv2

    scale = min(1.0, _DETECTION_DPI / dpi)
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    boxes = _engine().detector(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)).boxes
    areas = []
    for corners in boxes if boxes is not None else ():
        x0, y0 = (corners.min(axis=0) / scale).astype(int)
        x1, y1 = np.ceil(corners.max(axis=0) / scale).astype(int)
        areas.append(Area(max(int(x0), 0), max(int(y0), 0), min(int(x1), page.shape[1]), min(int(y1), page.shape[0])))
    return areas


class _Engine:
    """The two models of one process, each running on one thread."""

    def __init__(self) -> None:
        import rapidocr
        from rapidocr import RapidOCR

        models = Path(rapidocr.__file__).parent / "models"
        settings = {
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            # named, so that they are taken from the wheel and never from the network
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
        }
        engine: Any = RapidOCR(params=settings)
        recogniser = engine._load_rec_model()  # the only way to the models without running the whole chain
        self.detector: Any = engine._load_det_model()
        self.characters: Sequence[str] = recogniser.postprocess_op.character
        self._session = recogniser.session.session
        self._input = self._session.get_inputs()[0].name

    def scores(self, tensor: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return lines × steps × characters."""
        result: npt.NDArray[np.float32] = self._session.run(None, {self._input: tensor})[0]
        return result


@functools.cache
def _engine() -> _Engine:
    import cv2

    cv2.setNumThreads(1)
    return _Engine()


def _width(line: Picture) -> int:
    height, width = map(int, line.shape)
    return min(max(round(width * _HEIGHT / height), _NARROWEST // 2), _WIDEST)


def _tensor(line: Picture, widest: int) -> npt.NDArray[np.float32]:
    """Return 3 × 48 × width, from -1 (ink) to 1 (paper), grey where the line is narrower than its batch."""
    import cv2

    width = _width(line)
    shrinks = line.shape[0] > _HEIGHT
    resized = cv2.resize(line, (width, _HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    padded = np.zeros((_HEIGHT, max(widest, _NARROWEST)), dtype=np.float32)
    padded[:, :width] = resized.astype(np.float32) / 127.5 - 1.0
    return np.broadcast_to(padded, (3, *padded.shape))


def _decoded(scores: npt.NDArray[np.float32], characters: Sequence[str]) -> Recognised:
    """Join equal neighbours and leave out blanks (index 0); the probability of a character is that of its best step."""
    best, sure = scores.argmax(axis=1), scores.max(axis=1)
    text: list[str] = []
    certain: list[float] = []
    before = 0
    for index, confidence in zip(best.tolist(), sure.tolist(), strict=True):
        if index and index == before:
            certain[-1] = max(certain[-1], confidence)
        elif index:
            text.append(characters[index])
            certain.append(confidence)
        before = index
    return Recognised("".join(text), min(certain, default=0.0))
