using System.Globalization;

namespace Omega.Gpt.Models;

/// <summary>What a request holds beside its options.</summary>
[Flags]
public enum RequestContents
{
    /// <summary>Text alone.</summary>
    None = 0,

    /// <summary>At least one image.</summary>
    Images = 1,

    /// <summary>At least one file.</summary>
    Files = 2,

    /// <summary>At least one function that the model may call.</summary>
    Functions = 4,
}

/// <summary>Options that a model takes, and what had to be changed for that.</summary>
/// <param name="Options">The options to send.</param>
/// <param name="Info">The model as it is for this request: what it takes only without reasoning, it takes where the request asks for none. Null for an unknown model.</param>
/// <param name="Notices">One notice for each option left out or lowered; empty when nothing was.</param>
public sealed record CheckedOptions(GenerationOptions Options, ModelInfo? Info, IReadOnlyList<NoticeEvent> Notices);

/// <summary>Holds options and contents against what the catalogue says the model takes, before anything is sent. Pure.</summary>
public static class OptionCheck
{
    /// <summary>The notice code of an option that was left out or lowered.</summary>
    public const string IgnoredCode = "option_ignored";

    /// <summary>Checks one request.</summary>
    /// <param name="options">The options, outer levels already folded in.</param>
    /// <param name="info">The model; null for one that the catalogue does not know, and everything is passed on.</param>
    /// <param name="contents">What the request holds.</param>
    /// <param name="lenient">Whether an option that the model does not take is left out with a notice. Images, files and functions never are: without them the question is another one.</param>
    /// <exception cref="GptException"><see cref="GptErrorKind.BadRequest"/>: the message names the option, the model and the remedy.</exception>
    public static CheckedOptions Apply(GenerationOptions options, ModelInfo? info, RequestContents contents, bool lenient)
    {
        if (info is null)
            return new CheckedOptions(options, null, []);

        CheckContents(info, contents);
        var notices = new List<NoticeEvent>();
        options = CheckReasoning(options, info, lenient, notices);
        var asAsked = SamplesFreely(options, info) ? info with { Capabilities = info.Capabilities with { Temperature = true, TopP = true } } : info;
        options = CheckSampling(options, asAsked, lenient, notices);
        options = CheckOutput(options, info, lenient, notices);
        return new CheckedOptions(options, asAsked, notices);
    }

    private static void CheckContents(ModelInfo info, RequestContents contents)
    {
        var takes = info.Capabilities;
        Require(RequestContents.Images, takes.Images, "images", "Leave the images out, or choose a model that sees");
        Require(RequestContents.Files, takes.Files, "files", "Paste the text instead, or choose a model that reads files");
        Require(RequestContents.Functions, takes.Functions, "functions", "Leave the functions out, or choose a model that calls them");

        void Require(RequestContents part, bool taken, string what, string remedy)
        {
            if (contents.HasFlag(part) && !taken)
                throw Refused(info, $"{info} takes no {what}. {remedy}.");
        }
    }

    private static GenerationOptions CheckReasoning(GenerationOptions options, ModelInfo info, bool lenient, List<NoticeEvent> notices)
    {
        if (options.ReasoningEffort is not { } effort)
            return options;
        if (!info.Capabilities.Reasoning)
        {
            // A model that never reasons does what "none" asks; the field itself would be refused.
            if (effort != ReasoningEffort.None)
                Refuse(info, lenient, notices, "ReasoningEffort", Lower(effort), "it does not reason");
            return options with { ReasoningEffort = null };
        }

        if (info.Capabilities.Efforts is not { } efforts || efforts.Contains(effort))
            return options;
        Refuse(info, lenient, notices, "ReasoningEffort", Lower(effort), $"it takes {string.Join(", ", efforts.Select(Lower))}");
        return options with { ReasoningEffort = null };
    }

    private static bool SamplesFreely(GenerationOptions options, ModelInfo info)
    {
        var takes = info.Capabilities;
        var reasons = takes.Reasoning && (options.ReasoningEffort is { } effort ? effort != ReasoningEffort.None : takes.ReasonsByDefault);
        return takes.SamplingWithoutReasoning && !reasons;
    }

    private static GenerationOptions CheckSampling(GenerationOptions options, ModelInfo info, bool lenient, List<NoticeEvent> notices)
    {
        var takes = info.Capabilities;
        var why = takes.SamplingWithoutReasoning ? "it takes that only with ReasoningEffort none" : "it does not take that";
        if (options.Temperature is { } temperature && !takes.Temperature)
        {
            Refuse(info, lenient, notices, "Temperature", Number(temperature), why);
            options = options with { Temperature = null };
        }

        if (options.TopP is { } topP && !takes.TopP)
        {
            Refuse(info, lenient, notices, "TopP", Number(topP), why);
            options = options with { TopP = null };
        }

        if (options is { Temperature: not null, TopP: { } both } && !takes.TemperatureWithTopP)
        {
            Refuse(info, lenient, notices, "TopP", Number(both), "it does not take that beside Temperature");
            options = options with { TopP = null };
        }

        if (options.StopSequences is { Count: > 0 } stops && !takes.Stop)
        {
            Refuse(info, lenient, notices, "StopSequences", $"{stops.Count} text{(stops.Count == 1 ? "" : "s")}", "it does not take that");
            options = options with { StopSequences = null };
        }

        if (options.Seed is { } seed && !takes.Seed)
        {
            Refuse(info, lenient, notices, "Seed", seed.ToString(CultureInfo.InvariantCulture), "it does not take that");
            options = options with { Seed = null };
        }

        return options;
    }

    private static GenerationOptions CheckOutput(GenerationOptions options, ModelInfo info, bool lenient, List<NoticeEvent> notices)
    {
        if (options.MaxTokens > info.MaxOutput)
        {
            var (asked, most) = (Count(options.MaxTokens.Value), Count(info.MaxOutput.Value));
            if (!lenient)
                throw Refused(info, $"MaxTokens is {asked}, but {info} writes at most {most}. Give {most} or less, or leave it out.");
            notices.Add(new NoticeEvent(IgnoredCode, $"MaxTokens was lowered from {asked} to {most}, the most that {info} writes."));
            options = options with { MaxTokens = info.MaxOutput };
        }

        if (options.ResponseFormat?.Kind == "json_schema" && !info.Capabilities.JsonSchema)
        {
            if (!lenient)
                throw Refused(info, $"ResponseFormat is json_schema, but {info} cannot be held to a schema. Ask for json and check the answer, or choose another model.");
            notices.Add(new NoticeEvent(IgnoredCode, $"The schema \"{options.ResponseFormat.Name}\" was left out because {info} cannot be held to one; plain JSON was asked for."));
            options = options with { ResponseFormat = ResponseFormat.Json };
        }

        return options;
    }

    private static void Refuse(ModelInfo info, bool lenient, List<NoticeEvent> notices, string option, string value, string why)
    {
        if (!lenient)
            throw Refused(info, $"{option} is {value}, but {info} refuses it: {why}. Leave {option} out, choose another model, or set Lenient.");
        notices.Add(new NoticeEvent(IgnoredCode, $"{option} ({value}) was left out because {info} refuses it: {why}."));
    }

    private static GptException Refused(ModelInfo info, string message) =>
        new(GptErrorKind.BadRequest, message) { Phase = GptPhase.Request, Provider = info.Provider, Model = info.Name };

    private static string Lower(ReasoningEffort effort) => effort.ToString().ToLowerInvariant();

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
