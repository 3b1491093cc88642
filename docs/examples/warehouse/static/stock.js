// The stock page: asks for the sync that it started until that has ended.
function stockPage() {
  return {
    job: null,
    timer: null,

    async sync(supplier) {
      const response = await fetch(`/stock/syncs?supplier=${supplier}&actor=page`, { method: "POST" });
      this.job = await response.json();
      this.timer = setInterval(() => this.refresh(), 5000);
    },

    async refresh() {
      const response = await fetch(`/stock/syncs/${this.job.job_id}`);
      this.job = await response.json();
      if (["done", "failed"].includes(this.job.state)) {
        clearInterval(this.timer);
      }
    },
  };
}
