namespace Omega.Trading.Expressions;

/// <summary>Timeframes as expressions name them: <c>h4</c> is 4h, <c>m15</c> is 15m, <c>d1</c> is 1d.</summary>
internal static class FrameNames
{
    public static IReadOnlyList<string> All { get; } = [.. Timeframe.All.Select(Of)];

    public static string Of(Timeframe timeframe)
    {
        var name = timeframe.ToString();
        return $"{name[^1]}{name[..^1]}";
    }

    public static bool TryFind(string name, out Timeframe timeframe)
    {
        timeframe = default;
        return name.Length is > 1 and < 4 && Timeframe.TryParse($"{name[1..]}{name[0]}", out timeframe);
    }
}
