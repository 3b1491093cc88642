// The labels page: asks every second, and never stops. // expect: BG105
const jobsUrl = "/labels/jobs";

function watchPrints(show) {
  setInterval(async () => show(await (await fetch(jobsUrl)).json()), 1000); // expect: BG041
}
