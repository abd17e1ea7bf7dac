"""Pack files into a ZIP archive as Chinese programs do: names in UTF-8, or in GBK without saying so."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


class _GbkInfo(zipfile.ZipInfo):
    """An entry whose name is written in GBK, without the flag for UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (the name that zipfile calls)
        return self.filename.encode("gbk"), self.flag_bits


def set_zip(files: dict[str, bytes], *, gbk: bool = False) -> bytes:
    """Pack files, by their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = (_GbkInfo if gbk else zipfile.ZipInfo)(name, _EPOCH)
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
