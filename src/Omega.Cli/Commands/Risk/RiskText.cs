using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Trading.Risk;
using static Omega.Cli.Markets.FigureText;

namespace Omega.Cli.Commands.Risk;

/// <summary>A risk report for people.</summary>
internal sealed class RiskText
{
    private const int Names = 12;

    private readonly Terminal _terminal;

    private RiskText(Terminal terminal) => _terminal = terminal;

    public static void Write(Terminal terminal, MarketSource market, AccountRisk risk)
    {
        var text = new RiskText(terminal);
        terminal.OutputLine(Tones.Paint(MarketLines.Origin(market), market.Feed.IsSimulated ? Tone.Warning : Tone.Dim, terminal.OutputColour));
        foreach (var position in risk.Positions)
            text.Position(position, risk);
        if (risk.Positions.Count > 1)
            text.Total(risk);
        terminal.Line("The past of a window, not a forecast: the next loss can be larger.", Tone.Dim);
    }

    private void Position(AssessedPosition position, AccountRisk account)
    {
        var report = position.Report;
        _terminal.OutputLine("");
        _terminal.OutputLine(Tones.Paint($"{report.Instrument}  {Price(report.Price)} at {Time(report.AsOf)} UTC", Tone.Strong, _terminal.OutputColour));
        Row("window", $"{Count(report.Bars)} bars of {report.Timeframe} since {Time(report.From)}");
        if (report.Position is { } held)
            Held(position, held, account);
        Tail(report);
        Row("volatility", $"{Percent(report.Volatility)} a year, {Percent(report.HorizonVolatility)} over {Duration(report.Horizon)}; skew {Number(report.Skew)}, kurtosis {Number(report.Kurtosis)}");
        Row("drawdown", $"deepest {Percent(report.MaxDrawdown)}, longest {Duration(report.MaxDrawdownDuration)}, mean {Percent(report.AverageDrawdown)}, now {Percent(report.CurrentDrawdown)}");
        Row("worst days", report.WorstDays.Count == 0 ? None : string.Join(", ", report.WorstDays.Select(day => $"{Percent(day.Return)} on {Day(day.Day)}")));
        if (report.Ruin is { } ruin)
            Row("ruin", $"{Percent(ruin.Probability)} of {Count(ruin.Paths)} seeded paths fall by {Percent(ruin.RuinDrawdown)} or more; rule: {ruin.Rule}");
        foreach (var note in report.Notes)
            Row("note", note);
    }

    private void Held(AssessedPosition position, PositionRisk held, AccountRisk account)
    {
        var quote = position.Report.Instrument?.Quote ?? "";
        Row("position", $"{Words<PositionSide>(position.Report.Side)} {Quantity(held.Quantity)} {position.Report.Instrument?.Base}, worth {Money(held.Value)} {quote}: {Number(held.Exposure)} × the equity of {Money(account.Equity)}");
        if (position.Held is { Entry: { } entry })
            Row("entry", $"{Price((double)entry)}; {(position.Gain < 0 ? "lost" : "gained")} {Money(Math.Abs(position.Gain ?? 0))} since");
        if (held.Stop is { } stop)
        {
            var fromEntry = position.LossFromEntry is { } loss ? $"; {Money(Math.Abs(loss))} {(loss < 0 ? "gained" : "lost")} since the entry" : "";
            Row("stop", $"{Price((double)stop)}, {Percent(held.StopDistance)} or {Number(held.StopDistanceAtr)} ATR away: closing there loses {Money(held.StopLoss)} from here, {Percent(held.StopLossOfEquity)} of equity{fromEntry}");
        }
        else
        {
            Row("stop", "none");
        }
    }

    private void Tail(RiskReport report)
    {
        var table = new TextTable([new TextColumn($"over {Duration(report.Horizon)}"), .. report.Tail.Select(tail => new TextColumn($"{100 * tail.Confidence:0} %", Right: true)), .. report.Position is null ? (TextColumn[])[] : [new("in money, 95 %", Right: true), new("99 %", Right: true)]]);
        Add("VaR, historical", tail => tail.HistoricalVar, held => held.Var95, held => held.Var99);
        Add("CVaR, historical", tail => tail.HistoricalCvar, held => held.Cvar95, held => held.Cvar99);
        Add("VaR, normal", tail => tail.GaussianVar);
        Add("CVaR, normal", tail => tail.GaussianCvar);
        Add("VaR, Cornish-Fisher", tail => tail.CornishFisherVar);
        foreach (var line in table.Lines(_terminal))
            _terminal.OutputLine(line);

        void Add(string name, Func<TailRisk, double?> fraction, Func<PositionRisk, decimal?>? low = null, Func<PositionRisk, decimal?>? high = null)
        {
            string[] money = report.Position is not { } held ? [] : low is null || high is null ? ["", ""] : [Money(low(held)), Money(high(held))];
            table.Add([name, .. report.Tail.Select(tail => Percent(fraction(tail))), .. money]);
        }
    }

    private void Total(AccountRisk risk)
    {
        _terminal.OutputLine("");
        _terminal.OutputLine(Tones.Paint("together", Tone.Strong, _terminal.OutputColour));
        Row("equity", $"{Money(risk.Equity)}, of which {Money(risk.Gain)} since the entries");
        Row("exposure", $"{Number(risk.GrossExposure)} × equity in all, {Number(risk.NetExposure)} × net");
        Row("stops", risk.LossAtStops is { } loss ? $"closing all at their stops loses {Money(loss)} from here" : "not every position has one");
        Row("at most", $"VaR 95 % {Money(risk.Var95)}, CVaR 99 % {Money(risk.Cvar99)}: sums, as if all had their worst days at once");
    }

    private void Row(string name, string text) =>
        _terminal.OutputLine($"{Tones.Paint(name.PadRight(Names), Tone.Dim, _terminal.OutputColour)}{PlainText.Line(text, int.MaxValue)}");
}
