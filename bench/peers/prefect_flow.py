"""The least that Prefect runs by a process worker: a flow that starts /bin/true."""
import subprocess
import sys
import time

from prefect import flow
from prefect.client.orchestration import get_client


@flow(log_prints=False)
def nothing():
    subprocess.run(["/bin/true"], check=True)


def deploy(path):
    flow.from_source(source=path, entrypoint="prefect_flow.py:nothing").deploy(name="bench", work_pool_name="bench")


def measure(rounds):
    """Prints, for each round, the milliseconds from the request to the final state as a client sees it."""
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name("nothing/bench")
        for _ in range(rounds):
            began = time.perf_counter()
            run = client.create_flow_run_from_deployment(deployment.id)
            while not client.read_flow_run(run.id).state.is_final():
                time.sleep(0.05)
            print((time.perf_counter() - began) * 1000, flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "deploy":
        deploy(sys.argv[2])
    else:
        measure(int(sys.argv[2]))
