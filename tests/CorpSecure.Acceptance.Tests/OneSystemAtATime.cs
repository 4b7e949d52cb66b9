// Each test runs a whole system; two at once would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
