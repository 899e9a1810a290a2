using System.Text.RegularExpressions;
using Shouldly;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Playground;

/// <summary>
/// The pictures that the pages for people show: those that are named are there, and the other way round. With
/// <c>PICTURES=write</c> they are made anew from the running playground, by Chromium.
/// </summary>
public sealed partial class DocsPicturesTests(PlaygroundBrowser browser)
    : IClassFixture<PlaygroundBrowser>
{
    /// <summary>They are kept in the repository, so each is small.</summary>
    internal const int LargestPicture = 80_000;

    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "pictures");

    [Fact]
    public void S1_Each_picture_that_is_shown_is_there_says_what_it_shows_and_none_is_there_for_nothing()
    {
        var shown = Pages().SelectMany(page => Picture().Matches(File.ReadAllText(page))).ToList();
        shown
            .Select(p => p.Groups["name"].Value)
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                Directory
                    .EnumerateFiles(Folder)
                    .Select(f => Path.GetFileName(f)!)
                    .Order(StringComparer.Ordinal)
            );
        shown.Where(p => p.Groups["says"].Length < 20).ShouldBeEmpty();
        Directory
            .EnumerateFiles(Folder)
            .Where(f => new FileInfo(f).Length >= LargestPicture)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task S1_The_pictures_are_made_anew()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PICTURES") == "write",
            "Pictures are made when they are asked for: PICTURES=write."
        );
        await using var visit = await browser.VisitForPicturesAsync(
            "?as=tam#/channels/escalations",
            DocsPictures.Width,
            DocsPictures.Height,
            DocsPictures.StartsAt
        );
        await new DocsPictures(visit, Folder).TakeAsync();
    }

    private static IEnumerable<string> Pages() =>
        [
            Path.Combine(Repository.Root, "README.md"),
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md"),
        ];

    [GeneratedRegex(
        @"!\[(?<says>[^\]]*)\]\((docs/)?pictures/(?<name>[^)]+)\)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Picture();
}
