using System.Text.Json;
using Omega.Gpt.Models;

namespace Omega.Gpt.Tests.Models;

public sealed class OptionCheckTests
{
    private static readonly ModelInfo Plain = new() { Provider = "acme", Name = "plain", MaxOutput = 4096 };

    private static readonly ModelInfo Reasoner = Plain with
    {
        Name = "deep",
        Capabilities = new ModelCapabilities
        {
            Reasoning = true,
            Efforts = [ReasoningEffort.None, ReasoningEffort.Low, ReasoningEffort.High],
            Temperature = false,
            TopP = false,
            SamplingWithoutReasoning = true,
            Stop = false,
            Seed = false,
        },
    };

    private static readonly ModelInfo Bare = Plain with
    {
        Name = "bare",
        Capabilities = new ModelCapabilities { Images = false, Files = false, Functions = false, JsonSchema = false, TemperatureWithTopP = false },
    };

    private static readonly GenerationOptions Everything = new()
    {
        Temperature = 0.7,
        TopP = 0.9,
        StopSequences = ["END"],
        Seed = 7,
        MaxTokens = 1_000_000,
        ReasoningEffort = ReasoningEffort.Minimal,
        ResponseFormat = ResponseFormat.JsonSchema("answer", JsonElement.Parse("""{"type":"object"}""")),
    };

    public static TheoryData<string, GenerationOptions, string> Refusals => new()
    {
        { "Temperature", new() { Temperature = 0.7 }, "Temperature is 0.7, but acme/deep refuses it: it takes that only with ReasoningEffort none. Leave Temperature out, choose another model, or set Lenient." },
        { "TopP", new() { TopP = 0.5 }, "TopP is 0.5, but acme/deep refuses it: it takes that only with ReasoningEffort none. Leave TopP out, choose another model, or set Lenient." },
        { "Stop", new() { StopSequences = ["END"] }, "StopSequences is 1 text, but acme/deep refuses it: it does not take that. Leave StopSequences out, choose another model, or set Lenient." },
        { "Seed", new() { Seed = 7 }, "Seed is 7, but acme/deep refuses it: it does not take that. Leave Seed out, choose another model, or set Lenient." },
        { "Effort", new() { ReasoningEffort = ReasoningEffort.Minimal }, "ReasoningEffort is minimal, but acme/deep refuses it: it takes none, low, high. Leave ReasoningEffort out, choose another model, or set Lenient." },
        { "MaxTokens", new() { MaxTokens = 4097 }, "MaxTokens is 4,097, but acme/deep writes at most 4,096. Give 4,096 or less, or leave it out." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Apply_OptionTheModelRefuses_NamesOptionModelAndRemedy(string option, GenerationOptions options, string message)
    {
        Assert.NotEmpty(option);
        var error = Refused(options, Reasoner);
        Assert.Equal(message, error.Message);
        Assert.Equal((GptErrorKind.BadRequest, GptPhase.Request, "acme", "deep", false), (error.Kind, error.Phase, error.Provider, error.Model, error.IsRetryable));
    }

    [Theory]
    [InlineData(RequestContents.Images, "acme/bare takes no images.")]
    [InlineData(RequestContents.Files, "acme/bare takes no files.")]
    [InlineData(RequestContents.Functions, "acme/bare takes no functions.")]
    public void Apply_ContentsTheModelCannotTake_AreRefusedEvenWhenLenient(RequestContents contents, string begins)
    {
        var error = Assert.Throws<GptException>(() => OptionCheck.Apply(new GenerationOptions(), Bare, contents, lenient: true));
        Assert.StartsWith(begins, error.Message, StringComparison.Ordinal);
        Assert.Empty(OptionCheck.Apply(new GenerationOptions(), Plain, contents, lenient: false).Notices);
    }

    [Fact]
    public void Apply_Lenient_LeavesOutWithOneNoticeEach()
    {
        var (options, _, notices) = OptionCheck.Apply(Everything, Reasoner, RequestContents.None, lenient: true);
        Assert.Equal(new GenerationOptions { MaxTokens = 4096, ResponseFormat = Everything.ResponseFormat }, options);
        Assert.Equal(["ReasoningEffort", "Temperature", "TopP", "StopSequences", "Seed", "MaxTokens"], notices.Select(notice => notice.Message.Split(' ')[0]));
        Assert.All(notices, notice => Assert.Equal("option_ignored", notice.Code));
        Assert.Contains("MaxTokens was lowered from 1,000,000 to 4,096, the most that acme/deep writes.", notices.Select(notice => notice.Message));
    }

    [Fact]
    public void Apply_NoReasoningAsked_SamplingIsTakenAndTheModelSaysSo()
    {
        var asked = new GenerationOptions { Temperature = 0.2, TopP = 0.9, ReasoningEffort = ReasoningEffort.None };
        var (options, info, notices) = OptionCheck.Apply(asked, Reasoner, RequestContents.Functions, lenient: false);
        Assert.Equal(asked, options);
        Assert.Empty(notices);
        Assert.True(info!.Capabilities is { Temperature: true, TopP: true });
    }

    [Fact]
    public void Apply_ModelThatReasonsOnlyWhenAsked_SamplingDependsOnTheEffort()
    {
        var idle = Reasoner with { Capabilities = Reasoner.Capabilities with { ReasonsByDefault = false } };
        Assert.Empty(OptionCheck.Apply(new() { Temperature = 1 }, idle, RequestContents.None, lenient: false).Notices);
        Assert.StartsWith("Temperature is 1,", Refused(new() { Temperature = 1, ReasoningEffort = ReasoningEffort.High }, idle).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_EffortOnAModelThatDoesNotReason_NoneIsDroppedAndOthersRefused()
    {
        var (options, _, notices) = OptionCheck.Apply(new() { ReasoningEffort = ReasoningEffort.None }, Plain, RequestContents.None, lenient: false);
        Assert.Null(options.ReasoningEffort);
        Assert.Empty(notices);
        Assert.Contains("it does not reason", Refused(new() { ReasoningEffort = ReasoningEffort.High }, Plain).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_TemperatureBesideTopP_IsRefusedWhereOnlyOneIsTaken()
    {
        Assert.Contains("beside Temperature", Refused(new() { Temperature = 1, TopP = 0.5 }, Bare).Message, StringComparison.Ordinal);
        Assert.Equal(new GenerationOptions { Temperature = 1 }, OptionCheck.Apply(new() { Temperature = 1, TopP = 0.5 }, Bare, RequestContents.None, lenient: true).Options);
        Assert.Empty(OptionCheck.Apply(new() { TopP = 0.5 }, Bare, RequestContents.None, lenient: false).Notices);
    }

    [Fact]
    public void Apply_SchemaOnAModelWithoutSchemas_IsRefusedOrLoosenedToJson()
    {
        var options = new GenerationOptions { ResponseFormat = Everything.ResponseFormat };
        Assert.StartsWith("ResponseFormat is json_schema", Refused(options, Bare).Message, StringComparison.Ordinal);
        var lenient = OptionCheck.Apply(options, Bare, RequestContents.None, lenient: true);
        Assert.Equal(ResponseFormat.Json, lenient.Options.ResponseFormat);
        Assert.Contains("\"answer\"", Assert.Single(lenient.Notices).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_UnknownModel_PassesEverythingOn()
    {
        var all = RequestContents.Images | RequestContents.Files | RequestContents.Functions;
        var (options, info, notices) = OptionCheck.Apply(Everything, null, all, lenient: false);
        Assert.Same(Everything, options);
        Assert.Null(info);
        Assert.Empty(notices);
    }

    [Theory]
    [InlineData("openai", "gpt-5", true)]
    [InlineData("openai", "gpt-6.2-sol", true)]
    [InlineData("anthropic", "claude-opus-5-5", true)]
    [InlineData("openai", "gpt-4.1", false)]
    [InlineData("anthropic", "claude-haiku-4-5", false)]
    [InlineData("openai", "gpt-5.2", false)]
    public void Apply_TemperatureOnShippedModels_IsRefusedByThoseThatDo(string provider, string name, bool refused)
    {
        var info = ModelCatalog.Default.Find(provider, name)!;
        var notices = OptionCheck.Apply(new() { Temperature = 0.5 }, info, RequestContents.Images, lenient: true).Notices;
        Assert.Equal(refused, notices.Count == 1);
    }

    private static GptException Refused(GenerationOptions options, ModelInfo info) =>
        Assert.Throws<GptException>(() => OptionCheck.Apply(options, info, RequestContents.None, lenient: false));
}
