using Microsoft.Playwright;
using Xunit;

namespace Sidecar.Tests.Harness;

internal static partial class Chromium
{
    /// <summary>Without one browser tests are skipped, saying so.</summary>
    public static void SkipWithout(IBrowser? browser) => Assert.SkipWhen(browser is null, Missing);
}
