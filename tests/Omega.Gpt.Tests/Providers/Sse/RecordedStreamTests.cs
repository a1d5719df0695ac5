namespace Omega.Gpt.Tests.Providers.Sse;

public sealed class RecordedStreamTests
{
    /// <summary>Streams of real providers, from the folder (and those in it) that OMEGA_STREAMS names.</summary>
    [Fact]
    public void TryRead_RecordedStreamByteByByte_GivesTheEventsOfTheWhole()
    {
        var folder = Environment.GetEnvironmentVariable("OMEGA_STREAMS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "OMEGA_STREAMS names no folder of recorded streams (*.sse).");
        var files = Directory.GetFiles(folder, "*.sse", SearchOption.AllDirectories);
        Assert.NotEmpty(files);

        foreach (var file in files)
        {
            var stream = File.ReadAllBytes(file);
            var whole = SseReading.Read(stream);
            Assert.True(whole.Events.Count > 0, $"{file}: no event");
            Assert.True(SseReference.Read(stream).SequenceEqual(whole.Events), $"{file}: differs from the reference");
            Assert.True(whole.Agrees(SseReading.Read(stream, null, 1)), $"{file}: byte by byte differs");
            Assert.True(whole.Agrees(SseReading.Read(stream, null, 0, 1_400, 3)), $"{file}: small reads differ");
        }
    }
}
