/** The machines a package can be built for, each by the names the registries and ELF files know it by. */
export const architectures = {
  x64: { uname: 'x86_64', wheel: 'manylinux2014_x86_64', elfMachine: 0x3e, core: 'x86_64-unknown-linux-gnu' },
  arm64: { uname: 'aarch64', wheel: 'manylinux2014_aarch64', elfMachine: 0xb7, core: 'aarch64-unknown-linux-gnu' },
} as const;

export type Architecture = keyof typeof architectures;

export const isArchitecture = (text: string): text is Architecture => Object.hasOwn(architectures, text);
