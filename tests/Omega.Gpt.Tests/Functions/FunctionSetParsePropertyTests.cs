using CsCheck;

namespace Omega.Gpt.Tests.Functions;

/// <summary>Random texts made of the pieces that definitions are made of: each gives a set or says what is wrong, and nothing else.</summary>
public sealed class FunctionSetParsePropertyTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ",", ":", "\n", " ", "null", "true", "1", "\"x\"", "\"\\ud800\"", "\"é\"", "\U0001F680",
        "\"name\":", "\"name\":\"f\"", "\"name\":\"g\"", "\"type\":", "\"function\"", "\"object\"", "\"function\":", "\"functions\":", "\"tools\":",
        "\"parameters\":", "\"input_schema\":", "\"properties\":", "\"required\":", "\"description\":", "{\"name\":\"f\"}",
        "{\"type\":\"object\",\"properties\":{}}", "\"strict\":",
    ];

    private static readonly Gen<string> Texts =
        Gen.Int[0, Tokens.Length - 1].Array[0, 30].Select(picked => string.Concat(picked.Select(i => Tokens[i])));

    [Fact]
    public void Parse_AnyText_GivesASetOrSaysWhere() =>
        Texts.Sample(
            text =>
            {
                try
                {
                    return FunctionSet.Parse(text).All(definition => definition.Parameters.GetProperty("type").GetString() == "object");
                }
                catch (FunctionFileException error)
                {
                    return error.Message.Length > 0 && (error.Line is not null || string.IsNullOrWhiteSpace(text));
                }
            },
            iter: 20_000);
}
