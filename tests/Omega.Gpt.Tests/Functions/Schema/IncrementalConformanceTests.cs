using System.Text.Json;
using Omega.Gpt.Functions.Schema;

namespace Omega.Gpt.Tests.Functions.Schema;

public sealed class IncrementalConformanceTests
{
    [Fact]
    public void Append_ValidInstancesOfTheSuite_NeverRefused()
    {
        var suite = ConformanceSuite.Load();
        var wrong = new List<string>();
        var (valid, caught, invalid) = (0, 0, 0);
        foreach (var group in suite.Groups)
        {
            var schema = JsonSchema.Compile(group.Schema, suite.Options);
            foreach (var test in group.Tests)
            {
                var validator = new IncrementalValidator(schema);
                foreach (var b in JsonSerializer.SerializeToUtf8Bytes(test.Data)) validator.Append([b]);
                validator.Finish();
                if (test.Valid)
                {
                    valid++;
                    if (validator.Error is { } error) wrong.Add($"{group.Name} / {test.Name}: {error}");
                    else if (!validator.IsComplete) wrong.Add($"{group.Name} / {test.Name}: not complete");
                }
                else
                {
                    invalid++;
                    if (validator.Error is not null) caught++;
                }
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {valid} refused:\n{string.Join('\n', wrong)}");
        Assert.True(valid > 500, $"only {valid} valid instances were found");
        // Not promised, but far fewer would mean that it has gone blind.
        Assert.True(caught * 3 > invalid, $"caught {caught} of {invalid} invalid instances");
    }
}
