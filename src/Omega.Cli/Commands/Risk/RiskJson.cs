using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Omega.Cli.Markets;
using Omega.Cli.Screen;
using Omega.Trading.Risk;

namespace Omega.Cli.Commands.Risk;

/// <summary>A risk report as JSON: names in snake case, fractions, money as decimal strings; <c>risk</c> is <see cref="RiskReport.ToJson"/>.</summary>
internal static class RiskJson
{
    public static void Write(Terminal terminal, MarketSource market, Account? account, AccountRisk risk)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("source", market.Feed.Source);
            json.WriteBoolean("simulated", market.Feed.IsSimulated);
            Money(json, "cash", account?.Cash);
            Money(json, "gain", account is null ? null : risk.Gain);
            Money(json, "equity", risk.Equity);
            json.WriteStartArray("positions");
            foreach (var position in risk.Positions)
                Write(json, position);
            json.WriteEndArray();
            json.WritePropertyName("total");
            if (account is null)
                json.WriteNullValue();
            else
                WriteTotal(json, risk);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        terminal.Output(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, AssessedPosition position)
    {
        json.WriteStartObject();
        Money(json, "entry", position.Held?.Entry);
        Money(json, "gain", position.Held?.Entry is null ? null : position.Gain);
        Money(json, "loss_from_entry", position.LossFromEntry);
        json.WritePropertyName("risk");
        json.WriteRawValue(position.Report.ToJson());
        json.WriteEndObject();
    }

    private static void WriteTotal(Utf8JsonWriter json, AccountRisk risk)
    {
        json.WriteStartObject();
        json.WriteNumber("gross_exposure", risk.GrossExposure!.Value);
        json.WriteNumber("net_exposure", risk.NetExposure!.Value);
        Money(json, "loss_at_stops", risk.LossAtStops);
        Money(json, "var_95_at_most", risk.Var95);
        Money(json, "cvar_99_at_most", risk.Cvar99);
        json.WriteEndObject();
    }

    private static void Money(Utf8JsonWriter json, string name, decimal? amount)
    {
        if (amount is { } value)
            json.WriteString(name, value.ToString("0.00######", CultureInfo.InvariantCulture));
        else
            json.WriteNull(name);
    }
}
