"""Web pages that are no disclosure: error pages, checks for robots, pages that a script would have to fill.

They are saved under the name of the file that was asked for, and must not be taken for it. Belongs here: recognising
them by their words. A page with tables, or with much text, is never one.
"""

import re

_MUCH_TEXT = 800
_ERRORS = {
    "404, not found": (
        r"\b404\b|not found|页面不存在|页面没有找到|找不到(您|你)?(要|所)?.{0,6}(页面|文件|网页)"
        r"|您访问的.{0,8}不存在|已被?删除"
    ),
    "403, access denied": r"\b403\b|forbidden|access denied|拒绝访问|访问被拒绝|禁止访问|没有权限|无权访问",
    "a check for robots (captcha)": (
        r"captcha|验证码|安全验证|人机验证|滑动.{0,6}验证|请完成验证|异常访问|访问过于频繁|请求过于频繁"
    ),
    "a firewall's refusal": r"防火墙|\bWAF\b|请求.{0,8}拦截|疑似攻击|安全狗|云盾|blocked",
    "a server error": (
        r"\b50[0234]\b|bad gateway|service unavailable|internal server error|gateway time-?out"
        r"|服务器(内部)?错误|系统(正在)?维护|网站(正在)?维护"
    ),
    "a page that only a browser with JavaScript shows": r"(开启|启用|打开|支持).{0,6}javascript|enable javascript",
    "a login page": r"用户登录|请(先)?登录|login|sign in",
}
_KNOWN = tuple((re.compile(pattern, re.IGNORECASE), name) for name, pattern in _ERRORS.items())


def error_of(title: str, text: str, table_count: int) -> str | None:
    """Return what kind of error page it is, or None for a page that says something of its own.

    ``text`` is all its displayed text, ``table_count`` the number of its tables of data.
    """
    words = f"{title}\n{text}".strip()
    if table_count or len(text) > _MUCH_TEXT:
        return None
    if not text.strip():
        return "a page without text, which a script would have to fill"
    return next((name for pattern, name in _KNOWN if pattern.search(words)), None)
