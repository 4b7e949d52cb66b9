using CorpSecure.Gateway.RateLimits.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CorpSecure.Gateway.Tests.RateLimits;

public sealed class SharedStateTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly SharedState state;

    public SharedStateTests() => state = new SharedState(clock, NullLogger<SharedState>.Instance);

    [Fact]
    public void One_late_answer_is_borne_and_several_in_a_row_are_not()
    {
        for (var i = 0; i < 10; i++)
        {
            state.WasLate();
            state.WasLate();
            state.Answered();
        }

        state.IsAway.ShouldBeFalse();
        for (var i = 0; i < SharedState.Patience; i++)
            state.WasLate();
        state.IsAway.ShouldBeTrue();
    }

    [Fact]
    public void A_server_that_is_back_proves_itself_before_it_counts()
    {
        state.Lost("gone");
        state.Proved();
        state.Lost("gone again");
        state.Proved();
        state.IsAway.ShouldBeTrue("the proofs must follow each other");
        state.Proved();
        state.IsAway.ShouldBeFalse();
    }

    [Fact]
    public void A_server_that_comes_and_goes_must_prove_itself_longer_each_time()
    {
        var proofs = new List<int>();
        for (var turn = 0; turn < 8; turn++)
        {
            state.Lost("gone");
            proofs.Add(ProofsUntilBack());
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        proofs.ShouldBe([2, 4, 8, 16, 32, 60, 60, 60]);
        clock.Advance(SharedState.Calm);
        state.Lost("gone");
        ProofsUntilBack().ShouldBe(2, "it had been calm for long");
    }

    private int ProofsUntilBack()
    {
        for (var proofs = 1; ; proofs++)
        {
            state.Proved();
            if (!state.IsAway)
                return proofs;
        }
    }
}
