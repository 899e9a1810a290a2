using Microsoft.Playwright;

namespace Sidecar.Tests.Harness;

/// <summary>A Chromium that is installed on this machine.</summary>
internal static partial class Chromium
{
    public const string Missing =
        "No Chromium is installed: install one, or name its path in CHROMIUM_PATH.";

    private static readonly string[] UsualPaths =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/snap/bin/chromium",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private static readonly string[] Arguments =
    [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>Starts it; nothing when there is none.</summary>
    public static async Task<(IPlaywright? Playwright, IBrowser? Browser)> Launch()
    {
        if (Installed() is not { } path)
        {
            return (null, null);
        }

        var playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        return (
            playwright,
            await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments })
        );
    }

    private static string? Installed()
    {
        var named = Environment.GetEnvironmentVariable("CHROMIUM_PATH");
        return !string.IsNullOrEmpty(named) ? named : UsualPaths.FirstOrDefault(File.Exists);
    }
}
