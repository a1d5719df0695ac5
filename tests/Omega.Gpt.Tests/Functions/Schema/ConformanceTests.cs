using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

/// <summary>
/// The official tests of draft 2020-12, read from the folder that OMEGA_CONFORMANCE names (with <c>tests</c> and <c>remotes</c> in it).
/// </summary>
public sealed class ConformanceTests
{
    [Fact]
    public void RequiredTests_All_Agree()
    {
        var suite = ConformanceSuite.Load();
        var wrong = new List<string>();
        var count = 0;
        foreach (var group in suite.Groups)
        {
            JsonSchema schema;
            try
            {
                schema = JsonSchema.Compile(group.Schema, suite.Options);
            }
            catch (JsonSchemaException e)
            {
                wrong.Add($"{group.Name}: {e.Message}");
                continue;
            }
            foreach (var test in group.Tests)
            {
                count++;
                var result = schema.Validate(test.Data);
                if (result.IsValid != test.Valid) wrong.Add($"{group.Name} / {test.Name}: expected {test.Valid}, {result}");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count} wrong:\n{string.Join('\n', wrong)}");
        Assert.True(count > 1000, $"only {count} tests were found");
        TestContext.Current.SendDiagnosticMessage("{0} conformance tests", count);
    }
}
