using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Definition;

public sealed class DelegateSchemaTests
{
    public static TheoryData<string, Delegate, string> Parameters => new()
    {
        { "plain", (string text, int count, double ratio, bool on) => 0, """{"text":{"type":"string"},"count":{"type":"integer"},"ratio":{"type":"number"},"on":{"type":"boolean"}}""" },
        { "nullable", (string? text, int? count) => 0, """{"text":{"type":["string","null"]},"count":{"type":["integer","null"]}}""" },
        { "enum", (Side side, Side? other) => 0, """{"side":{"type":"string","enum":["Buy","Sell"]},"other":{"type":["string","null"],"enum":["Buy","Sell",null]}}""" },
        { "arrays", (string[] names, List<int> sizes, IReadOnlyList<Side> sides) => 0, """{"names":{"type":"array","items":{"type":"string"}},"sizes":{"type":"array","items":{"type":"integer"}},"sides":{"type":"array","items":{"type":"string","enum":["Buy","Sell"]}}}""" },
        { "dictionary", (Dictionary<string, decimal> rates) => 0, """{"rates":{"type":"object","additionalProperties":{"type":"number"}}}""" },
        { "formats", (DateTimeOffset at, Guid id, Uri link, DateOnly day) => 0, """{"at":{"type":"string","format":"date-time"},"id":{"type":"string","format":"uuid"},"link":{"type":"string","format":"uri"},"day":{"type":"string","format":"date"}}""" },
        { "small numbers", (byte small, uint big, sbyte signed) => 0, """{"small":{"type":"integer","minimum":0,"maximum":255},"big":{"type":"integer","minimum":0,"maximum":4294967295},"signed":{"type":"integer","minimum":-128,"maximum":127}}""" },
        { "any", (JsonElement any) => 0, """{"any":{}}""" },
        { "snake case", (int maxOpenOrders) => 0, """{"max_open_orders":{"type":"integer"}}""" },
        { "defaults", (int size = 3, string? note = null, Side side = Side.Sell, Side? other = Side.Sell, decimal rate = 0.5m) => 0, """{"size":{"type":"integer","default":3},"note":{"type":["string","null"],"default":null},"side":{"type":"string","enum":["Buy","Sell"],"default":"Sell"},"other":{"type":["string","null"],"enum":["Buy","Sell",null],"default":"Sell"},"rate":{"type":"number","default":0.5}}""" },
        { "description", ([Description("Where.")] string city) => 0, """{"city":{"description":"Where.","type":"string"}}""" },
        { "range", ([Range(1, 10)] int a, [Range(0.5, double.MaxValue, MinimumIsExclusive = true)] double b, [Range(typeof(decimal), "0.1", "0.9")] decimal c) => 0, """{"a":{"type":"integer","minimum":1,"maximum":10},"b":{"type":"number","exclusiveMinimum":0.5},"c":{"type":"number","minimum":0.1,"maximum":0.9}}""" },
        { "lengths", ([StringLength(9, MinimumLength = 2)] string a, [MinLength(1), MaxLength(3)] int[] b, [Length(1, 2)] Dictionary<string, int> c) => 0, """{"a":{"type":"string","minLength":2,"maxLength":9},"b":{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3},"c":{"type":"object","additionalProperties":{"type":"integer"},"minProperties":1,"maxProperties":2}}""" },
        { "texts", ([RegularExpression("a|b")] string a, [AllowedValues("x", "y")] string b, [EmailAddress] string c) => 0, """{"a":{"type":"string","pattern":"^(?:a|b)$"},"b":{"type":"string","enum":["x","y"]},"c":{"type":"string","format":"email"}}""" },
        { "bound parameters", (int a, CancellationToken token, FunctionContext context) => 0, """{"a":{"type":"integer"}}""" },
        { "record", (Loose loose) => 0, """{"loose":{"type":"object","properties":{"name":{"type":"string"},"optional":{"type":"integer"}},"required":["name"],"additionalProperties":false}}""" },
        { "recursive record", (Node node) => 0, """{"node":{"type":"object","properties":{"name":{"type":"string"},"next":{"type":["object","null"],"properties":{"name":{"type":"string"},"next":{"$ref":"#/properties/node/properties/next"}},"required":["name","next"],"additionalProperties":false}},"required":["name","next"],"additionalProperties":false}}""" },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Create_Parameters_BecomeTheSchema(string name, Delegate method, string properties)
    {
        var schema = JsonNode.Parse(GptFunction.Create(method, "f").Definition.Parameters.GetRawText())!;

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(properties), schema["properties"]), $"{name}: {schema["properties"]!.ToJsonString()}");
        Assert.Equal("object", (string?)schema["type"]);
        Assert.False((bool)schema["additionalProperties"]!);
    }

    [Fact]
    public void Create_ParametersWithDefaults_AreNotRequired()
    {
        var function = GptFunction.Create((int a, string b, int c = 1, string? d = null) => 0, "f");

        Assert.Equal("""["a","b"]""", function.Definition.Parameters.GetProperty("required").GetRawText());
    }

    [Fact]
    public void Create_MembersOfRecords_KeepTheirAttributes()
    {
        var order = GptFunction.Create((OrderRequest order) => 0, "f").Definition.Parameters.GetProperty("properties").GetProperty("order");

        Assert.Equal("""["market","side","size"]""", order.GetProperty("required").GetRawText());
        var members = order.GetProperty("properties");
        Assert.Equal("""{"description":"The market.","type":"string","pattern":"^(?:[A-Z]{3,5})$"}""", members.GetProperty("market").GetRawText());
        Assert.Equal("""{"type":"integer","minimum":1,"maximum":100}""", members.GetProperty("size").GetRawText());
        Assert.Equal(20, members.GetProperty("note").GetProperty("maxLength").GetInt32());
    }

    [Theory]
    [InlineData("""{"node":{"name":"a","next":{"name":"b","next":{"name":"c","next":null}}}}""", true)]
    [InlineData("""{"node":{"name":"a","next":{"name":"b","next":{"name":3,"next":null}}}}""", false)]
    public void Create_RecursiveType_IsCheckedAtEveryLevel(string arguments, bool valid)
    {
        var schema = JsonSchema.Compile(GptFunction.Create((Node node) => 0, "f").Definition.Parameters);

        Assert.Equal(valid, schema.Validate(arguments).IsValid);
    }

    [Fact]
    public void Create_MethodGroup_TakesNameAndDescriptionFromTheMethod()
    {
        var function = GptFunction.Create(GetBTCPriceAsync);

        Assert.Equal("get_btc_price", function.Definition.Name);
        Assert.Equal("The price.", function.Definition.Description);
    }

    [Fact]
    public void Create_LocalFunction_TakesItsNameAsWritten()
    {
        Assert.Equal("place_order", GptFunction.Create(PlaceOrder).Definition.Name);

        static int PlaceOrder(int size) => size;
    }

    [Fact]
    public void Create_WithContext_NeedsOnlyOwnTypesInIt()
    {
        var function = GptFunction.Create((OrderRequest order, string text, int? count, Guid id, string[] names) => new OrderResult("1", Side.Buy, 2), DefinitionJson.Default, "f");

        var properties = function.Definition.Parameters.GetProperty("properties");
        Assert.Equal("""{"type":"string","enum":["Buy","Sell"]}""", properties.GetProperty("order").GetProperty("properties").GetProperty("side").GetRawText());
        Assert.Equal("""{"type":["integer","null"]}""", properties.GetProperty("count").GetRawText());
    }

    [Fact]
    public void Create_ByContextAndByReflection_SayTheSame()
    {
        var byContext = GptFunction.Create((OrderRequest order, Node node) => 0, DefinitionJson.Default, "f").Definition.Parameters;
        var byReflection = GptFunction.Create((OrderRequest order, Node node) => 0, "f").Definition.Parameters;

        Assert.Equal(byReflection.GetRawText(), byContext.GetRawText());
    }

    [Description("The price.")]
    private static Task<decimal> GetBTCPriceAsync(string currency) => Task.FromResult((decimal)currency.Length);
}
