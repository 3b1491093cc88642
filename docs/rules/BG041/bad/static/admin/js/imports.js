// Literal delays: in an Alpine component, and in a plain script.
function importsPage() {
  return {
    timer: null,

    watch(jobId) {
      this.timer = setInterval(() => this.poll(jobId), 1000); // expect: BG041
    },

    async poll(jobId) {
      const response = await fetch(`/api/v1/admin/marketplace/imports/${jobId}`);
      this.job = await response.json();
    },
  };
}

async function refreshAll() {
  document.querySelector("#jobs").innerHTML = await (await fetch("/jobs")).text();
}

window.setInterval(refreshAll, 10_000); // expect: BG041
