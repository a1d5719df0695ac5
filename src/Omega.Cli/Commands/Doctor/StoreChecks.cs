using Omega.Cli.Configuration;
using Omega.Gpt;

namespace Omega.Cli.Commands.Doctor;

/// <summary>Whether sessions can be kept, and whether those that are kept can be read.</summary>
internal static class StoreChecks
{
    private const string Group = "Sessions";

    public static async Task<IReadOnlyList<Check>> OfAsync(Settings settings, CancellationToken cancellationToken)
    {
        var checks = new List<Check> { Folder(settings.Folders.Data) };
        if (!Directory.Exists(settings.Folders.Data))
            return checks;
        var (sound, damaged) = (0, new List<ConversationHeader>());
        await foreach (var header in new FileConversationStore(settings.Folders.Data).ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (header.Damage is null)
                sound++;
            else
                damaged.Add(header);
        }

        checks.Add(new Check(Group, "sessions", CheckState.Good, $"{sound} sound"));
        checks.AddRange(damaged.Select(header => new Check(Group, header.Id, CheckState.Odd, $"damaged, left as it is: {header.Damage}")));
        return checks;
    }

    private static Check Folder(string folder)
    {
        try
        {
            var existing = folder;
            while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } parent)
                existing = parent;
            var probe = Path.Combine(existing, $".omega-{Environment.ProcessId}.tmp");
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose))
            {
            }

            return new Check(Group, "folder", CheckState.Good, folder + (existing == folder ? "" : " (made when first needed)"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Check(Group, "folder", CheckState.Wrong, $"{folder} cannot be written: {exception.Message} Set OMEGA_HOME to a folder of yours.");
        }
    }
}
