"""So that ``python -m enbloc.cli`` runs it too."""

from enbloc.cli.running import main

if __name__ == "__main__":
    main()
