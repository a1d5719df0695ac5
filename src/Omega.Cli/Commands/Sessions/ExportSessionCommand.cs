using System.CommandLine;
using System.Text;
using Omega.Cli.Screen;
using Omega.Gpt;

namespace Omega.Cli.Commands.Sessions;

/// <summary><c>omega sessions export</c>: Markdown to read, or the JSON document, to standard output or a file.</summary>
internal sealed class ExportSessionCommand : Command
{
    public ExportSessionCommand(CliHost host)
        : base("export", "Write a session as Markdown or JSON.")
    {
        var name = SessionsCommand.NameArgument();
        var file = new Argument<string?>("file") { Description = "Where to; standard output when left out", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string>("--format") { Description = "md or json; taken from the file's name when left out", HelpName = "FORMAT" };
        format.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[0].Value is not ("md" or "json"))
                result.AddError($"--format is \"{result.Tokens[0].Value}\"; allowed: md or json.");
        });
        Arguments.Add(name);
        Arguments.Add(file);
        Options.Add(format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var session = await SessionsCommand.LoadAsync(host, parsed.GetValue(name)!, cancellationToken).ConfigureAwait(false);
            var path = parsed.GetValue(file);
            var kind = parsed.GetValue(format) ?? (path?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true ? "json" : "md");
            var text = kind == "json" ? session.ToJson() : Markdown(session);
            if (path is null)
            {
                host.Terminal.OutputText(text);
                return ExitCode.Answered;
            }

            try
            {
                await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw CliException.Failed($"{path} could not be written: {exception.Message}");
            }

            host.Terminal.Line($"Wrote {path}.", Tone.Dim);
            return ExitCode.Answered;
        });
    }

    internal static string Markdown(Conversation session)
    {
        var text = new StringBuilder($"# {session.Title ?? session.Id}\n\n");
        foreach (var message in session.Messages)
        {
            text.Append("## ").Append(SessionText.Heading(message)).Append("\n\n");
            foreach (var part in message.Parts)
            {
                if (SessionText.Of(part) is not { } content)
                    continue;
                text.Append(part switch
                {
                    TextPart => content,
                    FunctionCallPart or FunctionResultPart => Fenced(content),
                    _ => "> " + content.ReplaceLineEndings("\n> "),
                }).Append("\n\n");
            }
        }

        return text.ToString().TrimEnd() + "\n";
    }

    /// <summary>A code block whose fence is longer than any in the content.</summary>
    private static string Fenced(string content)
    {
        var fence = "```";
        while (content.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return $"{fence}\n{content}\n{fence}";
    }
}
