namespace Omega.Gpt.Tests;

public sealed class SkeletonTests
{
    [Fact]
    public void Assembly_Loads_HasItsName() => Assert.Equal("Omega.Gpt.Tests", typeof(SkeletonTests).Assembly.GetName().Name);
}
