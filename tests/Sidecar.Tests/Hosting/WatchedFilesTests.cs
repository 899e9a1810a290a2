using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Hosting;

/// <summary>
/// A system gives a user 128 watchers of files. What watches one for each host fails by chance where many run beside each
/// other, and uses up those of others where one does.
/// </summary>
public sealed class WatchedFilesTests
{
    [Fact]
    public async Task The_sidecar_watches_no_files()
    {
        await using var desk = await Desk.Open();
        var files = ((IConfigurationRoot)desk.Parts.GetRequiredService<IConfiguration>())
            .Providers.OfType<FileConfigurationProvider>()
            .ToList();
        // There are such files: those that administrators of ASP.NET Core programs expect.
        files.ShouldNotBeEmpty();
        files.ShouldAllBe(f => !f.Source.ReloadOnChange);
    }
}
