"""What can be wrong with an archive, or with the desk that it is to go into. The message says what to do."""


class ArchiveError(Exception):
    """The desk was not exported, or not imported. Nothing was changed."""


class BadArchive(ArchiveError):
    """The file is not a whole, unaltered archive of a desk."""


class OtherVersion(ArchiveError):
    """Another version of Assay made the archive."""


class DeskNotEmpty(ArchiveError):
    """There is something in the desk that the archive was to go into."""


class FilesLost(ArchiveError):
    """Kept files of the desk are lost or damaged."""
