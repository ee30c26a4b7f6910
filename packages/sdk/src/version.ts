/** The version in `package.json`, repeated because a package cannot read its own manifest without touching the disk. */
export const SDK_VERSION = '0.1.0'
