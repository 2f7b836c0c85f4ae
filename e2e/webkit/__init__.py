"""The widget in WebKitGTK, the engine of Safari.

Playwright can't drive it. Selenium can, with WebKitWebDriver and MiniBrowser on a screen that
nobody sees. Pages and simulator are those of the other browser tests; the page objects have the
same names, and are Selenium's.
"""
