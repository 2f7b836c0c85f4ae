"""x"""
import h11
from pywidget.tunnel import ports
from pywidget.browser import web_socket, wasm_module
