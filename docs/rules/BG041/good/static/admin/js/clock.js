// Timers that ask nobody for anything: a clock, a carousel, a countdown.
const pad = (number) => String(number).padStart(2, "0");

function tick() {
  const now = new Date();
  document.querySelector("#clock").textContent = `${pad(now.getHours())}:${pad(now.getMinutes())}`;
}

setInterval(tick, 1000);

class Carousel {
  constructor(slides) {
    this.slides = slides;
    this.current = 0;
    setInterval(() => this.turn(), 10000);
  }

  turn() {
    this.slides[this.current].classList.remove("shown");
    this.current = (this.current + 1) % this.slides.length;
    this.slides[this.current].classList.add("shown");
  }
}

function countDown(seconds) {
  const timer = setInterval(() => {
    seconds -= 1;
    if (seconds <= 0) {
      clearInterval(timer);
    }
  }, 1000);
}
