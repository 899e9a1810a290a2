using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Fields;
using Sidecar.Ids;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>Two people at one form: nothing is lost, and nobody's change is undone unseen.</summary>
public sealed class FormMergeTests
{
    [Theory]
    // opened, mine, theirs → what happens
    [InlineData("a", "a", "a", "nothing")]
    [InlineData("a", "b", "a", "mine a→b")]
    [InlineData("a", "a", "b", "theirs a→b")]
    [InlineData("a", "b", "b", "nothing")]
    [InlineData("a", "b", "c", "contested c→b")]
    [InlineData("a", "", "a", "mine a→")]
    [InlineData("", "b", "c", "contested c→b")]
    [InlineData("a", "", "c", "contested c→")]
    [InlineData("a", "b", "", "contested →b")]
    public void Only_what_somebody_changed_is_written(
        string opened,
        string mine,
        string theirs,
        string happens
    )
    {
        var merge = Merge(opened, mine, theirs, []);
        Told(merge).ShouldBe(happens);
        merge
            .Apply(Hosted(theirs))
            .HostingProvider.ShouldBe(
                happens.StartsWith("mine", StringComparison.Ordinal)
                    ? FieldReaders.OrNull(mine)
                    : FieldReaders.OrNull(theirs)
            );
    }

    [Fact]
    public void Who_has_seen_the_others_value_and_sends_again_means_it()
    {
        Told(Merge("a", "b", "c", new() { ["hosting"] = "c" })).ShouldBe("mine c→b");
        Told(Merge("a", "b", "", new() { ["hosting"] = "" })).ShouldBe("mine →b");
        // What came after that has not been seen.
        Told(Merge("a", "b", "d", new() { ["hosting"] = "c" })).ShouldBe("contested d→b");
    }

    private static FormMerge Merge(
        string opened,
        string mine,
        string theirs,
        Dictionary<string, string> settled
    ) =>
        FormMerge.Of(
            new Dictionary<string, string> { ["hosting"] = opened },
            new Dictionary<string, string> { ["hosting"] = mine },
            Hosted(theirs),
            settled
        );

    private static Customer Hosted(string provider) =>
        new(new CustomerKey("acme"), "Acme", DateTimeOffset.UnixEpoch, new UserId("somebody"))
        {
            HostingProvider = FieldReaders.OrNull(provider),
        };

    private static string Told(FormMerge merge) =>
        string.Join(
            ' ',
            new[] { ("mine", merge.Mine), ("contested", merge.Contested), ("theirs", merge.Theirs) }
                .SelectMany(group => group.Item2.Select(c => $"{group.Item1} {c.From}→{c.To}"))
                .DefaultIfEmpty("nothing")
        );
}
