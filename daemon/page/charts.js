// Small charts: lines over the last minutes, as SVG of our own.
import {svg} from './dom.js';

const kWidth = 300,
  kHeight = 64,
  kTop = 4;

/// values: oldest first, null where nothing is known. Several lines share the scale, which begins at 0.
export function lineChart(place, lines, words) {
  const most = Math.max(1e-9, ...lines.flatMap(({values}) => values.filter((v) => v !== null)));
  const drawn = lines.map(({values, name, isFilled, points}) => {
    const step = kWidth / Math.max(1, points - 1),
      first = points - values.length;
    const at = (value, i) => [
      ((first + i) * step).toFixed(1),
      (kHeight - (value / most) * (kHeight - kTop)).toFixed(1),
    ];
    const runs = [[]];
    values.forEach((value, i) => {
      if (value === null) runs.push([]);
      else runs.at(-1).push(at(value, i));
    });
    return runs
      .filter((run) => run.length > 0)
      .map((run) => [
        isFilled
          ? svg('path', {
              class: `area ${name}`,
              d: `M${run[0][0]},${kHeight}L${run.map((p) => p.join(',')).join('L')}L${run.at(-1)[0]},${kHeight}Z`,
            })
          : null,
        svg('path', {
          class: `line ${name}`,
          d: `M${run.map((p) => p.join(',')).join('L')}${run.length === 1 ? 'h0.1' : ''}`,
        }),
      ]);
  });
  place.replaceChildren(
    svg(
      'svg',
      {viewBox: `0 0 ${kWidth} ${kHeight}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': words},
      svg('path', {class: 'base', d: `M0,${kHeight - 0.5}H${kWidth}`}),
      drawn
    )
  );
}

/// Of a histogram's counts (of each bucket alone; the last has no bound) the value below which the share lies, in the
/// unit of the bounds. null when there is nothing.
export function quantile(counts, bounds, share) {
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  let left = share * total;
  for (let i = 0; i < counts.length; ++i) {
    if (left <= counts[i] && counts[i] > 0) {
      const low = i === 0 ? 0 : bounds[i - 1];
      return i < bounds.length ? low + (bounds[i] - low) * (left / counts[i]) : low;
    }
    left -= counts[i];
  }
  return bounds.at(-1);
}
