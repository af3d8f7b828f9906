"""The web application: the record and its cases for people with a browser.

Nothing here reads the environment or a global: ``create_app`` is given its services, and ``enbloc serve`` makes them.
It needs ``pip install 'enbloc[web]'``.
"""
