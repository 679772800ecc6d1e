/** @type {import('../../attack.mjs').Attack} */
export default {
  kind: 'accident',
  tries: 'a workflow of an earlier version sends a group back to a step inside it',
  must: 'held',
  modes: ['auto'],
  users: ['user'],
  async run(w) {
    w.workflow(`name: attack
steps:
  - {name: decompose, agent: "command:agent", output: plan, prompt: "plan"}
  - name: build
    foreach: decompose
    steps:
      - {name: impl, agent: "command:agent", output: diff, prompt: "work on {item.name}: {steps.arbiter.output}"}
      - {name: review, agent: "command:agent", output: review, prompt: "review {steps.impl.output}"}
      - {name: arbiter, agent: "command:agent", output: artifact, prompt: "arbiter {steps.review.output}"}
    on_failure: {retry: 3, restart_from: impl}
`)
    w.commit()
    w.agent(`
      case "$(head -c 400 "$1")" in
        *plan*) mkdir -p .gump/out; echo '[{"name":"one","description":"x"},{"name":"two","description":"y"}]' > .gump/out/plan.json;;
        *"work on"*) date +%N > "work-$RANDOM.txt"; echo "work $RANDOM" >> ${w.out}/log;;
        *arbiter*) mkdir -p .gump/out; echo fine > .gump/out/artifact.md;;
        *) mkdir -p .gump/out; n=$(grep -c work ${w.out}/log); if [ "$n" = 2 ]; then pass=false; else pass=true; fi; echo "{\\"pass\\":$pass,\\"comments\\":\\"no\\"}" > .gump/out/validate.json;;
      esac`)
    const { code, out } = await w.run()
    const worked = (w.read(`${w.out}/log`) ?? '').trim().split('\n').length
    return {
      got:
        code === 0 && worked === 3 ? null : `exit ${code} after ${worked} times of work: ${out.slice(-300)}`,
    }
  },
}
