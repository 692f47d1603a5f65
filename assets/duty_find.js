// Places of a duty copy are found by what is typed, as the site finds them.

// asTwo are the letters that are written as others, where taking marks away does not do.
const asTwo = { æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', đ: 'd', þ: 'th', ß: 'ss', ł: 'l', ħ: 'h', ŧ: 't', ı: 'i', ĸ: 'k', ŋ: 'n', ə: 'e', ɔ: 'o', ɛ: 'e', ƴ: 'y', ɓ: 'b', ɗ: 'd', ɖ: 'd', ƙ: 'k', ɣ: 'g', ŉ: 'n', ς: 'σ', µ: 'μ', ª: 'a', º: 'o' };

// fold returns a text in the form that is compared, as Fold in models/fold.go does: small
// letters without marks, one space between words.
function fold(text) {
  let folded = text.toLowerCase().replace(/[ʹ-˟]/g, ' ').normalize('NFD').replace(/[\u0300-\u036f]|\p{Cf}/gu, '').normalize('NFC');
  folded = folded.replace(/./gu, (letter) => asTwo[letter] || letter);
  return folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
}

// rankOf returns how well a spelling matches what is typed: the lower the better, nothing
// if it does not. Names of up to three letters, such as codes, match as a whole only.
function rankOf(spelling, words, whole) {
  const joined = spelling.replaceAll(' ', '');
  if (joined === whole) return 0;
  if (joined.length <= 3) return undefined;
  if (joined.startsWith(whole)) return 1;
  const begins = ' ' + spelling;
  return words.every((word) => begins.includes(' ' + word)) ? 2 : undefined;
}

// mostFound is how many places are shown at once.
const mostFound = 12;

// find returns the places that somebody may mean, the likeliest first.
function find(places, text) {
  const words = fold(text).split(' ').filter(Boolean);
  const whole = words.join('');
  if (!whole) return [];
  const ranked = [];
  for (const place of places) {
    const ranks = place.found.map((spelling) => rankOf(spelling, words, whole)).filter((rank) => rank !== undefined);
    if (ranks.length) ranked.push({ place, rank: Math.min(...ranks) });
  }
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, mostFound).map((found) => found.place);
}

