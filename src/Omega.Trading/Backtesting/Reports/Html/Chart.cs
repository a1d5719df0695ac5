namespace Omega.Trading.Backtesting;

/// <summary>One picture: its frame, grid and labels. Lines and marks are drawn between <see cref="Begin"/> and <see cref="End"/>.</summary>
internal sealed class Chart
{
    public const int PlotWidth = 912;

    private const int Width = 1000;
    private const int Left = 76;
    private const int Top = 8;
    private const int Foot = 24;
    private const int Bands = 114;

    private readonly HtmlWriter _page;
    private readonly string _id;
    private readonly Func<double, string> _label;

    public Chart(HtmlWriter page, string id, int height, TimeAxis time, ValueAxis value, Func<double, string> label)
    {
        (_page, _id, _label) = (page, id, label);
        Plot = new(Left, Top, PlotWidth, height, time, value);
    }

    public Plot Plot { get; }

    /// <summary>Opens the picture and draws its grid.</summary>
    /// <param name="title">What it is, for those who do not see it.</param>
    /// <param name="description">What it shows, in a sentence.</param>
    public void Begin(string title, string description)
    {
        _page.Write($"<svg viewBox=\"0 0 {Width} {Plot.Bottom + Foot}\" role=\"img\" aria-labelledby=\"{_id}-title {_id}-desc\">\n");
        _page.Write($"<title id=\"{_id}-title\">{title}</title><desc id=\"{_id}-desc\">{description}</desc>\n<g class=\"grid\">");
        foreach (var tick in Plot.Value.Ticks())
        {
            var y = Plot.Y(tick);
            _page.Write($"<path d=\"M{Left} {y:0.#}H{Plot.Right}\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" class=\"y\">{_label(tick)}</text>");
        }

        foreach (var (time, label) in Plot.Time.Ticks())
        {
            var x = Plot.X(time);
            _page.Write($"<path d=\"M{x:0.#} {Top}V{Plot.Bottom}\"/>");
            if (x > Left + 20 && x < Plot.Right - 20)
                _page.Write($"<text x=\"{x:0.#}\" y=\"{Plot.Bottom + 17}\" class=\"x\">{label}</text>");
        }

        _page.Write($"</g>\n");
    }

    /// <summary>Draws a line.</summary>
    public void Line(string style, ReadOnlySpan<long> times, ReadOnlySpan<double> values) =>
        _page.Write($"<path class=\"line {style}\" d=\"{LinePath.Of(times, values, Plot)}\"/>\n");

    /// <summary>Draws a line and fills what is between it and the top.</summary>
    public void AreaFromTop(string style, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var line = LinePath.Of(times, values, Plot);
        _page.Write($"<path class=\"area {style}\" d=\"{line} {Plot.X(times[^1]):0.#} {Top} {Plot.X(times[0]):0.#} {Top}Z\"/><path class=\"line {style}\" d=\"{line}\"/>\n");
    }

    /// <summary>Stripes that tell, under the pointer, what the lines stand at. They need no script.</summary>
    /// <param name="times">Times of the points, rising.</param>
    /// <param name="tell">What stands at a point.</param>
    public void Readings(ReadOnlySpan<long> times, Func<int, string> tell)
    {
        _page.Write($"<g class=\"read\">");
        const int BandWidth = PlotWidth / Bands;
        for (int begin = 0, end; begin < times.Length; begin = end)
        {
            var band = Plot.Column(times[begin]) / BandWidth;
            for (end = begin + 1; end < times.Length && Plot.Column(times[end]) / BandWidth == band;)
                end++;
            _page.Write($"<rect x=\"{Left + (band * BandWidth)}\" y=\"{Top}\" width=\"{BandWidth}\" height=\"{Plot.Height}\"><title>{tell(end - 1)}</title></rect>");
        }

        _page.Write($"</g>\n");
    }

    public void End() => _page.Write($"</svg>\n");
}
