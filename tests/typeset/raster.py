"""Turn typeset PDFs into scans: pages that are pictures, as a scanner would have made them, the same for the same seed.

A page is drawn at some resolution, laid a little askew, blurred, speckled and compressed as JPEG. Belongs here: what a
scanner does to a page. Does not belong here: what stands on it.
"""

import io
import random
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Scanner:
    """What a scanner does to every page; angles are drawn anew for each page."""

    dpi: int = 200
    largest_angle: float = 0.0
    """Degrees by which a page lies askew at most."""
    blur: float = 0.0
    """Radius in pixels."""
    noise: float = 0.0
    """Standard deviation of grey levels, of 255."""
    quality: int = 92
    """Of JPEG, up to 95."""
    seed: int = 0


CLEAN = Scanner()
NOISY = Scanner(dpi=150, largest_angle=1.5, blur=0.6, noise=12.0, quality=60)


def has_cjk_font() -> bool:
    """Whether a font with Chinese characters is installed, without which pages cannot be drawn."""
    program = shutil.which("fc-list")
    return program is not None and bool(subprocess.run([program, ":lang=zh"], capture_output=True, check=True).stdout)


def pictures(pdf: bytes, scanner: Scanner) -> Iterator[Image.Image]:
    """Yield each page of a PDF as the scanner sees it."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            drawn = page.render(scale=scanner.dpi / _POINTS_PER_INCH).to_pil().convert("L")
            yield _scanned(drawn, scanner, scanner.seed * 1000 + number)


def picture_pdf(pdf: bytes, scanner: Scanner) -> bytes:
    """Return a PDF whose pages are pictures of the pages of another."""
    return bound(pictures(pdf, scanner), scanner)


def bound(pages: Iterable[Image.Image], scanner: Scanner) -> bytes:
    """Return a PDF with one picture on each page."""
    first, *rest = pages
    buffer = io.BytesIO()
    first.save(
        buffer, "PDF", resolution=scanner.dpi, save_all=True, append_images=rest, quality=scanner.quality
    )  # grey pictures go in as JPEG
    return buffer.getvalue()


def _scanned(page: Image.Image, scanner: Scanner, seed: int) -> Image.Image:
    angle = random.Random(seed).uniform(-scanner.largest_angle, scanner.largest_angle)
    if angle:
        page = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    if scanner.blur:
        page = page.filter(ImageFilter.GaussianBlur(scanner.blur))
    if scanner.noise:
        grey = np.asarray(page, dtype=np.float32)
        grey = grey + np.random.default_rng(seed).normal(0.0, scanner.noise, grey.shape)
        page = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    return page
