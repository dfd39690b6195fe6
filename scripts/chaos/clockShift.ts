// Loaded into a process before everything else: its Date is CLOCK_OFF_HOURS hours off.
const offMs = Number(process.env.CLOCK_OFF_HOURS) * 3_600_000;
const RealDate = Date;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [RealDate.now() + offMs] : given, made),
  apply: () => new RealDate(RealDate.now() + offMs).toString(),
  get: (target, name) => (name === 'now' ? () => RealDate.now() + offMs : Reflect.get(target, name)),
});
