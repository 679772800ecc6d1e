/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'agent',
  tries: 'opens devices of the machine: /dev/kmsg, /dev/mem, disks',
  must: { strict: 'held', auto: 'held' },
  users: ['root'],
  async run(w) {
    w.agent(
      'for device in /dev/kmsg /dev/mem /dev/port $(ls /dev/sd* /dev/vd* /dev/nvme* /dev/loop* 2>/dev/null); do { [ -c "$device" ] || [ -b "$device" ]; } && ( exec 3<> "$device" ) 2>/dev/null && echo "$device" >> opened.txt; done; touch opened.txt',
    )
    await w.run()
    const opened = w.git('show', `${w.branches()[0]}:opened.txt`)
    return { got: opened === '' ? null : opened }
  },
}
