using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Omega.Gpt.Tests.Functions.Definition;

public enum Side
{
    Buy,
    Sell,
}

public sealed record OrderRequest(
    [Description("The market."), RegularExpression("[A-Z]{3,5}")] string Market,
    Side Side,
    [Range(1, 100)] int Size,
    decimal? Limit = null,
    [StringLength(20)] string? Note = null,
    IReadOnlyList<string>? Tags = null);

public sealed record OrderResult(string Id, Side Side, decimal Filled);

public sealed record Node(string Name, Node? Next);

public sealed record Whole(DateTimeOffset At, Guid Id, Uri Link, DateOnly Day, TimeOnly Hour, TimeSpan Span, byte Small, uint Count, Dictionary<string, double> Rates, JsonElement Any);

public sealed class Loose
{
    public required string Name { get; set; }

    public int Optional { get; set; } = 7;

    public int ReadOnly => 3;
}

[JsonPolymorphic]
[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
public abstract record Shape;

public sealed record Circle(double Radius) : Shape;

public sealed record Square(double Edge) : Shape;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderResult))]
[JsonSerializable(typeof(Node))]
internal sealed partial class DefinitionJson : JsonSerializerContext;

[JsonSerializable(typeof(OrderRequest))]
internal sealed partial class NumericEnumJson : JsonSerializerContext;
