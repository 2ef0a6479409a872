"""How files for the browser are kept in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Names with a digest, kept for ever by browsers; gzip and brotli beside them.

    Module imports inside scripts are rewritten too: without it `import "./x.js"`
    would ask for the name without the digest.
    """

    support_js_module_import_aggregation = True
